package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A database without a row, for one test, of one of the kinds that are supported. */
public interface TestDatabase extends AutoCloseable {

    static TestDatabase sqlite(Path folder) {
        return new SqliteTestDatabase(new DatabaseSettings(SqliteDatabases.url(folder), null, null));
    }

    /** On a server that all tests of this JVM share. */
    static TestDatabase postgres() {
        return new PostgresTestDatabase(Shared.CLUSTER.newDatabase(), database -> Shared.CLUSTER.drop(database));
    }

    /** The same for a test that leaves the tables themselves as they are: a later one gets the database emptied, which is quicker. */
    static TestDatabase postgresEmptied() {
        DatabaseSettings used = Shared.USED.poll();
        PostgresTestDatabase database =
                new PostgresTestDatabase(used == null ? Shared.CLUSTER.newDatabase() : used, Shared.USED::add);
        // whoever failed to start may have left a lock behind
        database.query("SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        database.empty();
        return database;
    }

    static PostgresCluster sharedServer() {
        return Shared.CLUSTER;
    }

    DatabaseSettings settings();

    /** The same for an operator's commands, who may do more than the application. */
    DatabaseSettings operator();

    /** A connection past the code under test, with every right. */
    Connection connect() throws SQLException;

    /** The same past all triggers too. */
    Connection unguarded() throws SQLException;

    /** As somebody with every right does it, past all triggers. */
    default void tamper(String... statements) {
        try (Connection connection = unguarded();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing but the tables. */
    void empty();

    /** As {@link #tamper}, for tests that keep a log which no key of a table would let in. */
    void dropKeys();

    /** The first value of the first row, as text. */
    default String query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    default HikariDataSource open() {
        return JournalDatabase.open(settings());
    }

    /** As an operator. */
    default HikariDataSource openToTidy() {
        return JournalDatabase.openToTidy(operator());
    }

    @Override
    void close();

    /** Started by the first test that needs it, and stopped with the JVM. */
    final class Shared {
        private static final PostgresCluster CLUSTER = start();
        private static final Queue<DatabaseSettings> USED = new ConcurrentLinkedQueue<>();

        private Shared() {}

        private static PostgresCluster start() {
            try {
                PostgresCluster cluster = new PostgresCluster(Files.createTempDirectory("cxone-assist-postgres"));
                Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
                return cluster;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
