package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * SQLite changes its schema within a transaction like anything else: others never see the table without its triggers, and
 * a crash brings them back. Deleted content is overwritten in the file ({@code secure_delete}), but its pages stand in the
 * write-ahead log until that is emptied.
 */
final class SqliteDialect implements Dialect {
    private static final String GUARD = "audit_event_never_shrinks";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A column takes values of any type here, unless a check of the table is against it. */
    @Override
    public String notAsWritten(String table) {
        List<String> texts =
                switch (table) {
                    case "audit_event" ->
                        List.of(
                                "at",
                                "event",
                                "interaction_id",
                                "suggestion_id",
                                "reason",
                                "details",
                                "prev_hash",
                                "hash");
                    case "audit_checkpoint" -> List.of("at", "merkle_root", "head_hash", "prev_checkpoint", "hash");
                    default -> List.of("interaction_id", "content");
                };
        return "typeof(node) <> 'text' OR typeof(seq) <> 'integer'"
                + texts.stream()
                        .map(column -> " OR typeof(" + column + ") NOT IN ('text', 'null')")
                        .collect(Collectors.joining());
    }

    @Override
    public String openSuggestions() {
        return JdbcRecoveryReader.OPEN;
    }

    @Override
    public String coolDownUntil() {
        return "json_valid(details) AND json_extract(details, '$.coolDownUntil')";
    }

    @Override
    public int eraseTexts(Connection connection, String node, List<Long> seqs, String openFrom) throws SQLException {
        String sql = "DELETE FROM suggestion_text AS x WHERE x.node = ? AND " + SuggestionTexts.ERASABLE
                + " AND x.seq IN (" + String.join(", ", Collections.nCopies(seqs.size(), "?")) + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            statement.setString(2, openFrom);
            for (int i = 0; i < seqs.size(); i++) {
                statement.setLong(i + 3, seqs.get(i));
            }
            return statement.executeUpdate();
        }
    }

    /** One writer at a time: whoever has written in a transaction is alone until its end. */
    @Override
    public void keepHolds(Connection connection) {
        // nothing to do
    }

    @Override
    public void unguarded(Connection connection, Work work) throws SQLException {
        // a transaction that reads before it writes is refused when another has written in between: the read is of its
        // own
        String guard = guard(connection);
        connection.rollback();
        execute(connection, "DROP TRIGGER " + GUARD);
        work.run();
        execute(connection, guard);
    }

    @Override
    public boolean forget(Connection connection) throws SQLException {
        return Patience.until(PATIENCE_NANOS, PAUSE_NANOS, () -> logEmptied(connection));
    }

    /** Not while somebody reads or writes. */
    private static boolean logEmptied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return result.next() && result.getInt("busy") == 0;
        } catch (SQLException e) {
            if (SqliteFile.sqliteError(e).isEmpty()) {
                throw e;
            }
            // locked: as if it had said busy
            return false;
        }
    }

    private static String guard(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?")) {
            statement.setString(1, GUARD);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new SQLException("the trigger " + GUARD + " is missing: somebody has taken it off");
                }
                return result.getString(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
