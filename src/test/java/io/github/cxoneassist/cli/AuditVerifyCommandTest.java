package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditVerifyCommandTest extends AuditVerifyCommandContract {

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.sqlite(folder);
    }

    @Override
    Optional<Path> defaultAnchors() {
        return Optional.of(folder.resolve("journal.db.anchors.jsonl"));
    }

    @Test
    void verifyingWritesNothing() throws Exception {
        byte[] before = Files.readAllBytes(folder.resolve("journal.db"));

        assertThat(audit("verify")).isZero();

        assertThat(Files.readAllBytes(folder.resolve("journal.db"))).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "prove --suggestion s-1", "erase --interaction call-1", "hold list"})
    void withoutADatabaseItCannotRunAndMakesNone(String command) throws Exception {
        configure(new DatabaseSettings("jdbc:sqlite:" + folder.resolve("none.db"), null, null), "");

        assertThat(audit((Object[]) command.split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains("the journal database " + folder.resolve("none.db") + " does not exist");
        assertThat(folder.resolve("none.db")).doesNotExist();
    }
}
