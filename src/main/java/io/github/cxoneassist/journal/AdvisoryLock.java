package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that PostgreSQL keeps for as long as a connection of its own lives. When that is lost, so may the lock be, and it has to
 * be taken again before anything is written. That nobody writes in the moment between is not its business: the table refuses a
 * row that does not follow the last one.
 */
final class AdvisoryLock implements JournalLock {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryLock.class);

    private static final String TRY =
            "SELECT pg_try_advisory_lock(hashtextextended('cxone-assist/' || current_schema() || '/' || ?, 0))";
    private static final int ALIVE_SECONDS = 5;

    private final PostgresServer database;
    private final DataSource dataSource;
    private final String node;
    private Connection connection;

    private AdvisoryLock(PostgresServer database, DataSource dataSource, String node) {
        this.database = database;
        this.dataSource = dataSource;
        this.node = node;
    }

    static AdvisoryLock take(PostgresServer database, DataSource dataSource, String node) throws SQLException {
        AdvisoryLock lock = new AdvisoryLock(database, dataSource, node);
        if (!lock.tryTake()) {
            throw new JournalDatabaseException(JournalLock.inUse(database, node));
        }
        return lock;
    }

    @Override
    public void require() {
        try {
            if (connection != null && connection.isValid(ALIVE_SECONDS)) {
                return;
            }
            boolean lost = connection != null;
            close();
            if (!tryTake()) {
                // another one has it, or the server has not noticed yet that our old connection is gone
                throw new JournalException(database + " is in use by another process of this program");
            }
            if (lost) {
                LOG.info("The connection that holds the lock of {} was lost; the lock is taken again", database);
            }
        } catch (SQLException e) {
            throw new JournalException("the lock of " + database + " cannot be taken: " + e.getMessage(), e);
        }
    }

    private boolean tryTake() throws SQLException {
        Connection opened = dataSource.getConnection();
        try {
            PostgresServer.begin(opened);
            try (PreparedStatement statement = opened.prepareStatement(TRY)) {
                statement.setString(1, node);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        connection = opened;
                        return true;
                    }
                }
            }
        } catch (SQLException e) {
            closeQuietly(opened);
            throw e;
        }
        closeQuietly(opened);
        return false;
    }

    @Override
    public void close() {
        if (connection != null) {
            closeQuietly(connection);
            connection = null;
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // the server lets go of the lock when it notices
        }
    }
}
