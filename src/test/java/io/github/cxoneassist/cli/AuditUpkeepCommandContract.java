package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.JournalLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** {@code audit erase}, {@code hold} and {@code archive}: what an operator changes, on record. */
abstract class AuditUpkeepCommandContract extends AuditCommandFixture {

    @Test
    void anInteractionThatNeverWasIsNotErased() {
        assertThat(audit("erase", "--interaction", "call-7")).isEqualTo(1);

        assertThat(err.toString()).isEqualToNormalizingNewlines("nothing is known of interaction call-7\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anErasedTextIsGoneAndTheLogVerifies() {
        assertThat(audit("erase", "--interaction", "call-1")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("Erased 5 texts.\n");
        assertThat(testDatabase.query("SELECT COUNT(*) FROM suggestion_text")).isEqualTo("5");
        assertThat(audit("verify")).isZero();
    }

    @Test
    void textsAreErasedByTheirAgeToo() {
        assertThat(audit("erase", "--older-than-days", 1)).isZero();

        assertThat(testDatabase.query("SELECT COUNT(*) FROM suggestion_text")).isEqualTo("0");
    }

    @Test
    void aHoldStopsErasureUntilItIsReleased() {
        assertThat(audit("hold", "set", "--interaction", "call-1", "--reason", "a lawsuit"))
                .isZero();
        assertThat(audit("erase", "--interaction", "call-1")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was erased: interaction call-1 is under a legal hold since ");
        assertThat(audit("hold", "list")).isZero();
        assertThat(out.toString()).containsPattern("Z  interaction call-1: a lawsuit");

        assertThat(audit("hold", "release", "--interaction", "call-1", "--reason", "settled"))
                .isZero();

        assertThat(audit("erase", "--interaction", "call-1")).isZero();
        assertThat(operatorEvents()).containsExactly("legal_hold_set", "legal_hold_released", "erased");
    }

    @Test
    void anArchiveIsVerifiedAndTheRestOfTheLogVerifies() {
        Path file = folder.resolve("archive");

        assertThat(audit("archive", "--before", "2026-11-01", "--out", file, "--erase-texts"))
                .isZero();

        assertThat(out.toString())
                .isEqualToNormalizingNewlines("Archived 8 rows in " + file
                        + " (keep archive.manifest.json with it), and removed them with 8 texts.\n");
        assertThat(testDatabase.query("SELECT MIN(seq) FROM audit_event")).isEqualTo("1");
        assertThat(testDatabase.query("SELECT MIN(seq) FROM audit_event WHERE node = 'main'"))
                .isEqualTo("9");
        assertThat(audit("verify")).isZero();
        assertThat(out.toString()).contains("Archived of main: rows 1 to 8, in archive with the SHA-256 ");
        assertThat(execute("audit", "verify", "--from-export", file)).isZero();
    }

    @Test
    void anArchiveSaysOfHowManyDeadLettersItTookTheRows() throws Exception {
        // not by tampering, which takes the guard of the log off
        try (Connection connection = testDatabase.connect();
                Statement statement = connection.createStatement()) {
            for (int seq : new int[] {3, 8, 9}) {
                statement.execute("INSERT INTO webhook_dead VALUES ('kb', 'main', " + seq
                        + ", 'call-1', 'injected', 3, 'status 404', '2026-10-02')");
            }
        }

        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("archive"), "--erase-texts"))
                .isZero();

        assertThat(out.toString())
                .endsWith("2 dead letters of webhooks cannot be replayed any more." + System.lineSeparator());
    }

    @Test
    void anArchiveThatIsRefusedSaysWhy() {
        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("archive")))
                .isEqualTo(1);

        assertThat(err.toString()).startsWith("nothing was archived: 8 texts of suggestions belong to these rows");
    }

    @Test
    void twoOperatorsDoNotWorkAtTheSameTime() {
        try (JournalLock other = JournalLock.take(operator, "main.operator")) {
            other.require();
            assertThat(audit("erase", "--interaction", "call-1")).isEqualTo(2);
        }

        assertThat(err.toString()).contains("another command works on ");
    }

    @Test
    void anOperatorWorksBesideTheApplication() {
        try (JournalLock application = JournalLock.take(testDatabase.settings(), "main")) {
            application.require();
            assertThat(audit("erase", "--interaction", "call-1")).isZero();
        }
    }
}
