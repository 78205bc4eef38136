package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.OpenSuggestion.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A long log with few open suggestions. How long it takes is printed, not asserted; the size to serve is
 * {@code mvn test -Dtest=RecoveryScaleTest -Drecovery.old=1000000 -Drecovery.open=50000}, in three seconds.
 */
class RecoveryScaleTest {
    private static final int OLD = Integer.getInteger("recovery.old", 100_000);
    private static final int OPEN = Integer.getInteger("recovery.open", 5_000);
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatIsOpenIsReadFromALongLogWithoutReadingTheLog() throws SQLException {
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            // three rows each, a year ago; in their middle one whose window is still open
            List<String> settled = List.of("injected", "ack_received", "accepted");
            insert(database, 0, OLD / 6, "older-", "2025-11-22 08:00:00", settled);
            insert(database, OLD, 1, "long-", "2026-11-23 08:00:00", List.of("injected"));
            insert(database, OLD + 1, OLD / 6, "old-", "2025-11-22 08:00:00", settled);
            insert(database, 2 * OLD, OPEN, "open-", "2026-11-22 08:05:00", List.of("injected", "ack_received"));
            RecoveryReader reader = new JdbcRecoveryReader(database);
            Map<State, Integer> found = new EnumMap<>(State.class);
            AtomicLong rows = new AtomicLong();

            long started = System.nanoTime();
            reader.openSuggestions("node-1", NOW, open -> found.merge(open.state(), 1, Integer::sum), rows::set);
            long read = System.nanoTime();
            List<PastDecision> decisions = reader.latestDecisions("node-1", 20_000);
            long ended = System.nanoTime();

            System.out.printf(
                    "%s open of %s rows read in %d ms, %d decisions in %d ms%n",
                    found,
                    SqliteDatabases.query(database, "SELECT count(*) FROM audit_event"),
                    Duration.ofNanos(read - started).toMillis(),
                    decisions.size(),
                    Duration.ofNanos(ended - read).toMillis());
            assertThat(found).containsOnly(Map.entry(State.ACKNOWLEDGED, OPEN), Map.entry(State.INJECTED, 1));
            // two rows for each that is open, and the long one
            assertThat(rows.get()).isBetween(2L * OPEN - 1_000, 2L * OPEN + 1);
            assertThat(decisions).hasSize(Math.min(20_000, 2 * (OLD / 6)));
        }
    }

    /** Suggestions by five an interaction, each with these events; by SQL, since the chain is not looked at. */
    private static void insert(
            HikariDataSource database, long after, int suggestions, String interaction, String end, List<String> events)
            throws SQLException {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            names.append(i == 0 ? "" : ", ")
                    .append("(")
                    .append(i)
                    .append(", '")
                    .append(events.get(i))
                    .append("')");
        }
        String from = " FROM n, e ORDER BY n.i, e.i";
        String with = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " + suggestions
                + "), e(i, name) AS (VALUES " + names + ") ";
        String seq = after + " + 1 + n.i * " + events.size() + " + e.i";
        String window = "strftime('%Y-%m-%dT%H:%M:%SZ', '" + end + "', '+' || (n.i % 3600) || ' seconds')";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO audit_event (node, seq, at, event, interaction_id, suggestion_id, details,"
                    + " prev_hash, hash) " + with + "SELECT 'node-1', " + seq
                    + ", '2026-11-22T07:59:00.000000Z', e.name, '" + interaction + "' || (n.i / 5), 's-' || n.i,"
                    + " CASE e.name WHEN 'injected' THEN json_object('adjustedScore', 0.85, 'contentSha256', hex(zeroblob(32)),"
                    + " 'injectedAt', '2026-11-22T07:59:00.123Z', 'priority', 'HIGH', 'relevanceScore', 0.8, 'session', 'main',"
                    + " 'source', 'knowledge-base', 'windowEnd', " + window
                    + ", 'windowStart', '2026-11-22T07:59:00Z') ELSE '{\"source\":\"knowledge-base\"}' END,"
                    + " hex(zeroblob(32)), hex(zeroblob(32))" + from);
            statement.execute("INSERT INTO suggestion_text (node, seq, interaction_id, content) " + with
                    + "SELECT 'node-1', " + seq + ", '" + interaction
                    + "' || (n.i / 5), 'Offer a call back within the hour, and say when. ' || n.i FROM n, e"
                    + " WHERE e.name = 'injected' ORDER BY n.i");
            connection.commit();
        }
    }
}
