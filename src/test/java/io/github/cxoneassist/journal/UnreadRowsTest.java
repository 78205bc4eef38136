package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Finding.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in SQLite as no writer of the log writes them, where a reader may pass them by or stumble. */
class UnreadRowsTest {
    private static final String LIKE_ROW =
            "SELECT node, seq, '2026-12-24T08:00:00.000000Z', 'accepted', 'forged', 'forged',"
                    + " 'forged', '{}', prev_hash, hash, key_id FROM audit_event WHERE seq = ";

    @TempDir
    Path folder;

    private TestDatabase testDatabase;
    private HikariDataSource database;

    @BeforeEach
    void open() {
        testDatabase = TestDatabase.sqlite(folder);
        database = testDatabase.open();
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE suggestion_text SET content = NULL WHERE seq = 3, 3, TEXT_CHANGED",
        "UPDATE audit_event SET hash = NULL WHERE seq = 14, 14, CHANGED",
        "UPDATE audit_event SET at = NULL WHERE seq = 14, 14, CHANGED",
        "UPDATE audit_event SET details = NULL WHERE seq = 14, 14, CHANGED",
        "UPDATE audit_checkpoint SET hash = NULL WHERE seq = 4, 1, CHECKPOINT_CHANGED",
        "UPDATE audit_checkpoint SET head_hash = NULL WHERE seq = 12, 9, CHECKPOINT_CHANGED",
        "UPDATE audit_checkpoint SET at = NULL WHERE seq = 12, 9, CHECKPOINT_CHANGED"
    })
    void whereAValueIsGoneTheRowIsSaidToBeChanged(String tampering, long seq, Kind kind) {
        StoredLog.store(database, 14, 4);
        testDatabase.dropKeys();

        testDatabase.tamper(tampering);

        assertThat(StoredLog.verify(database).first().orElseThrow())
                .returns(seq, Finding::seq)
                .returns(kind, Finding::kind);
    }

    @Test
    void aCheckpointWithoutARootIsFoundThoughItsHashFits() {
        StoredLog.store(database, 14, 4);
        testDatabase.dropKeys();
        Checkpoint was = new CheckpointStore(database).last("main").orElseThrow();
        Checkpoint without = Checkpoint.of(
                "main",
                was.firstSeq(),
                was.seq(),
                null,
                was.headHash(),
                was.at(),
                was.prevCheckpoint(),
                StoredLog.SIGNING);

        testDatabase.tamper("UPDATE audit_checkpoint SET merkle_root = NULL, hash = '" + without.hash()
                + "', signature = '" + without.signature() + "' WHERE seq = 12");

        assertThat(StoredLog.verify(database).findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(9L, Kind.FORKED));
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1_000, 1_001})
    void aSecondRowWithTheSameHashIsSeenWhereAPageEnds(int seq) {
        StoredLog.store(database, 1_500, 400);
        testDatabase.dropKeys();

        testDatabase.tamper("INSERT INTO audit_event (" + RowColumns.LIST + ") " + LIKE_ROW + seq);

        assertThat(StoredLog.verify(database).first().orElseThrow()).returns((long) seq, Finding::seq);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'', 1", "'main', 'x'", "'main', 9.9e18", "'main', NULL", "X'6D61696E', 15", "NULL, 15"})
    void aRowThatNoReaderFindsIsReportedWhereTheTableLetsItIn(String nodeAndSeq) throws SQLException {
        StoredLog.store(database, 14, 4);
        String insert =
                "INSERT INTO audit_event (node, seq, at, event, interaction_id, details, prev_hash, hash) VALUES ("
                        + nodeAndSeq + ", '2026-12-24T08:00:00.000000Z', 'accepted', 'interaction-1', '{}', 'x', 'x')";
        assertThatThrownBy(() -> SqliteDatabases.execute(database, insert))
                .hasStackTraceContaining("constraint failed");
        assertThat(StoredLog.verify(database).findings()).isEmpty();
        testDatabase.dropKeys();

        testDatabase.tamper(insert);

        assertThat(StoredLog.verify(database).intact()).isFalse();
    }

    @Test
    void aRowWhoseIdsNobodyFindsIsReported() {
        StoredLog.store(database, 14, 4);

        testDatabase.tamper(
                "PRAGMA ignore_check_constraints = 1",
                "UPDATE audit_event SET interaction_id = CAST(interaction_id AS BLOB) WHERE seq = 3");

        assertThat(StoredLog.verify(database).findings())
                .extracting(Finding::what)
                .containsExactly("of the rows of audit_event, 1 has a node, a number or another value of a type that"
                        + " nobody writes: who looks for them does not find them");
    }
}
