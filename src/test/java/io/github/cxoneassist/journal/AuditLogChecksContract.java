package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no program of ours writes, the tables do not take either, from whomever it comes. */
abstract class AuditLogChecksContract {
    private static final String GOOD = "a".repeat(64);

    private TestDatabase testDatabase;
    private HikariDataSource database;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void open() {
        testDatabase = newDatabase();
        database = testDatabase.open();
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void aCheckpointAsItIsMadeIsTaken() {
        assertThatCode(() -> insertCheckpoint("node-1", 1, 1, GOOD, GOOD, GOOD, GOOD))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"'', 2, 1", "node-1, 0, 0", "node-1, 2, 0", "node-1, 1, 2"})
    void aCheckpointOfNoRowsIsRefused(String node, long seq, long firstSeq) {
        assertThatThrownBy(() -> insertCheckpoint(node, seq, firstSeq, GOOD, GOOD, GOOD, GOOD))
                .hasStackTraceContaining("audit_checkpoint_of_rows");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aCheckpointWhoseHashIsNoneIsRefused(int which) {
        for (String none : new String[] {"", "a".repeat(63), "a".repeat(65), "A".repeat(64), "a".repeat(63) + "g"}) {
            String[] hashes = {GOOD, GOOD, GOOD, GOOD};
            hashes[which] = none;

            assertThatThrownBy(() -> insertCheckpoint("node-1", 1, 1, hashes))
                    .as("'%s' in place %d", none, which)
                    .hasStackTraceContaining("audit_checkpoint_hashes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aRowWhoseKeyIsBlankIsRefused(String keyId) {
        assertThatThrownBy(() -> insertRow("node-1", "'" + keyId + "'")).hasMessageMatching("(?is).*check.*");
    }

    @Test
    void aRowOfNoNodeIsRefused() {
        assertThatThrownBy(() -> insertRow("", "NULL")).hasMessageMatching("(?is).*check.*");
    }

    @Test
    void aTextOfNoNodeIsRefused() {
        assertThatThrownBy(() -> testDatabase.tamper("INSERT INTO suggestion_text VALUES ('', 1, NULL, 'x')"))
                .hasMessageMatching("(?is).*check.*");
    }

    @Test
    void anAnchoredCheckpointOfNoNodeIsRefused() {
        assertThatThrownBy(() -> testDatabase.tamper("INSERT INTO audit_anchored VALUES ('', 1, '2026')"))
                .hasMessageMatching("(?is).*check.*");
    }

    private void insertRow(String node, String keyId) {
        testDatabase.tamper("INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash, key_id) VALUES ('"
                + node + "', 1, '2026', 'accepted', '{}', '" + "0".repeat(64) + "', '" + GOOD + "', " + keyId + ")");
    }

    private void insertCheckpoint(String node, long seq, long firstSeq, String... hashes) {
        testDatabase.tamper("INSERT INTO audit_checkpoint VALUES ('" + node + "', " + seq + ", " + firstSeq
                + ", '2026', '" + String.join("', '", hashes) + "', NULL, NULL)");
    }
}
