package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * SQLite changes its schema within a transaction like anything else: others never see the table without its triggers, and
 * a crash brings them back. Deleted content is overwritten in the file ({@code secure_delete}), but its pages stand in the
 * write-ahead log until that is emptied.
 */
final class SqliteUpkeep implements Upkeep {
    private static final String GUARD = "audit_event_never_shrinks";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** As the migration wrote it; null until it is put aside. */
    private String guard;

    @Override
    public void allowRemoval(Connection connection) throws SQLException {
        // a transaction that reads before it writes is refused when another has written in between: the read is of its
        // own
        guard = guard(connection);
        connection.rollback();
        execute(connection, "DROP TRIGGER " + GUARD);
    }

    @Override
    public void forbidRemoval(Connection connection) throws SQLException {
        execute(connection, guard);
    }

    @Override
    public boolean forget(DataSource database) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                    if (result.next() && result.getInt("busy") == 0) {
                        return true;
                    }
                } catch (SQLException e) {
                    if (SqliteFile.sqliteError(e).isEmpty()) {
                        throw e;
                    }
                    // locked: as if it had said busy
                }
                if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                // somebody reads or writes
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            throw new JournalException("the write-ahead log could not be emptied: " + e.getMessage(), e);
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
