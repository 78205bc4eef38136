package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With the two roles: the application's reads, the owner's does what changes tables. */
class AuditVerifyCommandOnPostgresTest extends AuditVerifyCommandContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }

    /** In the folder in which the command runs. */
    @Override
    Optional<Path> defaultAnchors() {
        return Optional.empty();
    }

    @Test
    void aServerThatIsAwayIsToldToBe() throws Exception {
        configure(new DatabaseSettings("jdbc:postgresql://localhost:1/assist", "me", "s3cret"), "");

        assertThat(audit("verify")).isEqualTo(2);

        assertThat(err.toString())
                .contains("the journal database postgresql://localhost:1/assist cannot be reached")
                .doesNotContain("s3cret");
    }
}
