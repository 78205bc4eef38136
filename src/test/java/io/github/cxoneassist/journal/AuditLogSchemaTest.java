package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogSchemaTest {
    @TempDir
    Path folder;

    private final List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"), Chains.injected("s-2"));

    private HikariDataSource database;

    @BeforeEach
    void open() {
        database = SqliteDatabases.in(folder);
        new JdbcStore(database)
                .write(new JournalBatch(
                        rows, List.of(new SuggestionText("node-1", 1, "interaction-1", "Text of s-1"))));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRowIsNeverChanged() {
        assertRefused("UPDATE audit_event SET reason = 'x' WHERE seq = 1", "a row is never changed");
    }

    @Test
    void aRowIsNeverDeleted() {
        assertRefused("DELETE FROM audit_event", "a row is never deleted");
    }

    @Test
    void aRowIsNeverReplaced() {
        assertRefused(
                "INSERT OR REPLACE INTO audit_event SELECT node, seq, at, 'dismissed', NULL, NULL, NULL, details,"
                        + " prev_hash, hash, key_id FROM audit_event",
                "a row with this node and seq exists");
    }

    @Test
    void aTextCanBeErasedAndTheChainStaysIntact() {
        SqliteDatabases.execute(database, "DELETE FROM suggestion_text WHERE interaction_id = 'interaction-1'");

        assertThat(SqliteDatabases.texts(database, "node-1")).isEmpty();
        assertThat(ChainVerifier.verify(new JdbcJournalReader(database).rows("node-1")))
                .isEqualTo(new Verification.Intact(2, ChainHead.of(rows.get(1))));
    }

    @Test
    void aTextWithoutItsRowIsRefused() {
        assertRefused("INSERT INTO suggestion_text VALUES ('node-1', 7, NULL, 'x')", "FOREIGN KEY constraint failed");
    }

    @Test
    void aSubscriberHasOneCursor() {
        SqliteDatabases.execute(
                database, "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('kb', 'node-1', 0)");
        SqliteDatabases.execute(database, "UPDATE webhook_cursor SET seq = 2 WHERE subscriber = 'kb'");

        assertThat(SqliteDatabases.query(database, "SELECT seq FROM webhook_cursor WHERE subscriber = 'kb'"))
                .isEqualTo("2");
        assertRefused(
                "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('kb', 'node-1', 0)",
                "webhook_cursor.subscriber");
    }

    private void assertRefused(String sql, String why) {
        assertThatThrownBy(() -> SqliteDatabases.execute(database, sql)).hasMessageContaining(why);
        assertThat(new JdbcJournalReader(database).after("node-1", 0, Set.of(), 10))
                .isEqualTo(rows);
    }
}
