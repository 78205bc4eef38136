package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.OpenSuggestion.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database of the first version, with rows as it wrote them, is opened by this one. */
class MigrationTest {
    private static final JournalEntry INJECTED = new JournalEntry(
            JournalEvent.INJECTED,
            "interaction-1",
            "s-1",
            null,
            Map.of(
                    "source", "kb",
                    "priority", "HIGH",
                    "relevanceScore", 0.85,
                    "windowStart", "2026-11-22T07:59:00Z",
                    "windowEnd", "2026-11-22T08:05:00Z",
                    "injectedAt", "2026-11-22T08:00:00.123Z"),
            "Text of s-1");

    @TempDir
    Path folder;

    private final List<JournalRow> rows = Chains.of(
            "node-1",
            INJECTED,
            JournalEntry.of(JournalEvent.ACK_RECEIVED, "interaction-1", "s-1"),
            JournalEntry.of(JournalEvent.ACCEPTED, "interaction-1", "s-0").withDetail("fields", Map.of()));

    @BeforeEach
    void writeWithTheFirstVersion() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SqliteDatabases.url(folder));
        try (HikariDataSource old = new HikariDataSource(config)) {
            Flyway.configure()
                    .dataSource(old)
                    .locations("classpath:db/migration/sqlite")
                    .target("1")
                    .load()
                    .migrate();
            new JdbcStore(old)
                    .write(new JournalBatch(
                            rows, List.of(new SuggestionText("node-1", 1, "interaction-1", "Text of s-1"))));
        }
    }

    @Test
    void itsRowsAreAsTheyWereAndItsChainVerifies() {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            JournalReader reader = new JdbcJournalReader(database);

            assertThat(reader.rows("node-1")).toIterable().isEqualTo(rows);
            assertThat(ChainVerifier.verify(reader.rows("node-1")))
                    .isEqualTo(new Verification.Intact(3, ChainHead.of(rows.get(2))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET reason = 'x' WHERE seq = 1",
                "DELETE FROM audit_event",
                "INSERT OR REPLACE INTO audit_event (node, seq, at, event, details, prev_hash, hash)"
                        + " VALUES ('node-1', 1, '', 'dismissed', '{}', '', '')"
            })
    void itsRowsAreStillNeverChanged(String sql) {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            assertThatThrownBy(() -> SqliteDatabases.execute(database, sql))
                    .hasMessageContaining("audit_event is append-only");
        }
    }

    @Test
    void itsOpenSuggestionsAndDecisionsAreRead() {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            RecoveryReader reader = new JdbcRecoveryReader(database);
            List<OpenSuggestion> open = new ArrayList<>();
            reader.openSuggestions("node-1", Instant.parse("2026-11-22T08:05:00Z"), open::add, rows -> {});

            assertThat(open).singleElement().satisfies(suggestion -> {
                assertThat(suggestion.state()).isEqualTo(State.ACKNOWLEDGED);
                assertThat(suggestion.text()).isEqualTo("Text of s-1");
                assertThat(suggestion.details().has("adjustedScore")).isFalse();
            });
            assertThat(reader.latestDecisions("node-1", 10))
                    .containsExactly(new PastDecision(3, "interaction-1", true, null));
        }
    }

    @Test
    void itsChainGoesOn() {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            JournalReader reader = new JdbcJournalReader(database);
            List<JournalRow> more = Chains.after(reader.head("node-1"), "node-1", Chains.injected("s-2"));
            new JdbcStore(database).write(new JournalBatch(more, List.of()));

            assertThat(ChainVerifier.verify(reader.rows("node-1")))
                    .isEqualTo(new Verification.Intact(4, ChainHead.of(more.get(0))));
        }
    }

    @Test
    void aRowThatSomebodySpoiledDoesNotKeepItFromBeingOpened() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(SqliteDatabases.url(folder));
        try (HikariDataSource old = new HikariDataSource(config)) {
            SqliteDatabases.execute(
                    old,
                    "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash)"
                            + " VALUES ('node-1', 4, '', 'injected', 'not JSON', '', '')");
        }

        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            assertThat(SqliteDatabases.query(database, "SELECT count(*) FROM audit_event"))
                    .isEqualTo("4");
        }
    }
}
