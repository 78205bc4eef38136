package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AuditTablesTest {

    @Test
    void theStatementsAreThoseOfTheKamelet() throws Exception {
        String kamelet = Files.readString(Path.of("kamelets/cxone-assist-audit-sink.kamelet.yaml"));

        assertThat(kamelet)
                .contains("sql:" + AuditTables.INSERT_EVENT.replace(":", ":#") + "\"")
                .contains("sql:" + AuditTables.INSERT_TEXT.replace(":", ":#") + "\"");
    }
}
