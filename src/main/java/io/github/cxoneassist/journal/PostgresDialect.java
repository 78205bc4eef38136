package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL changes its schema within a transaction too. A trigger is put aside under a lock that lets others read and nobody write,
 * so that nobody else can do what it forbids; readers do not even see that it is. Only the owner of the tables may, so may he alone
 * delete; what runs out by its age is erased by a function of his that the application may call.
 */
final class PostgresDialect implements Dialect {
    private static final String GUARD = "audit_event_never_shrinks";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final String LOCKED = "55P03";

    /** The table and each of its partitions has one; all of them have to be there, and on. */
    private static final String GUARDED = "SELECT count(*) FROM pg_class c"
            + " WHERE (c.oid = to_regclass('audit_event')"
            + " OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass('audit_event')))"
            + " AND NOT EXISTS (SELECT FROM pg_trigger t"
            + " WHERE t.tgrelid = c.oid AND t.tgname = '" + GUARD + "' AND t.tgenabled IN ('O', 'A'))";

    /** Types are the server's to keep. */
    @Override
    public String notAsWritten(String table) {
        return "node IS NULL OR seq IS NULL";
    }

    @Override
    public String openSuggestions() {
        return JdbcRecoveryReader.OPEN_IN_POSTGRES;
    }

    @Override
    public String coolDownUntil() {
        return "audit_cool_down_until(details) COLLATE \"C\"";
    }

    @Override
    public int eraseTexts(Connection connection, String node, List<Long> seqs, String openFrom) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT erase_old_texts(?, ?, ?)")) {
            statement.setString(1, node);
            statement.setArray(2, connection.createArrayOf("bigint", seqs.toArray()));
            statement.setString(3, openFrom);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Override
    public void keepHolds(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE legal_hold IN SHARE MODE");
        }
    }

    @Override
    public void unguarded(Connection connection, Work work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // what the guard is off for has to be decided when nobody can write any more
            statement.execute("LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE");
            try (ResultSet row = statement.executeQuery(GUARDED)) {
                row.next();
                if (row.getInt(1) > 0) {
                    throw new SQLException("the trigger " + GUARD + " is missing: somebody has taken it off");
                }
            }
            statement.execute("ALTER TABLE audit_event DISABLE TRIGGER " + GUARD);
            work.run();
            statement.execute("ALTER TABLE audit_event ENABLE TRIGGER " + GUARD);
        }
    }

    /** Whoever has an older view of the table than the deletion keeps what it deleted. */
    @Override
    public boolean forget(Connection connection) throws SQLException {
        return mayVacuum(connection)
                && Patience.until(PATIENCE_NANOS, PAUSE_NANOS, () -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("VACUUM suggestion_text");
                        return holds(statement, "SELECT pg_stat_get_dead_tuples('suggestion_text'::regclass) = 0");
                    } catch (SQLException e) {
                        if (LOCKED.equals(e.getSQLState())) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    /** Who may not is only warned, and nothing is done. The server does it by itself, sooner or later. */
    private static boolean mayVacuum(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return holds(
                    statement,
                    "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('suggestion_text')");
        }
    }

    private static boolean holds(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
