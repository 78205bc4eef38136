package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A new database for one test, of one of the kinds that are supported. */
public interface TestDatabase extends AutoCloseable {

    static TestDatabase sqlite(Path folder) {
        DatabaseSettings settings = new DatabaseSettings(SqliteDatabases.url(folder), null, null);
        return new TestDatabase() {
            @Override
            public DatabaseSettings settings() {
                return settings;
            }

            @Override
            public Connection connect() throws SQLException {
                return DriverManager.getConnection(settings.url());
            }

            @Override
            public void tamper(String sql) {
                try (Connection connection = connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("DROP TRIGGER IF EXISTS audit_event_never_changes");
                    statement.execute("DROP TRIGGER IF EXISTS audit_event_never_shrinks");
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() {
                // the test's folder goes with it
            }
        };
    }

    /** On a server that all tests of this JVM share. */
    static TestDatabase postgres() {
        PostgresCluster cluster = Shared.CLUSTER;
        DatabaseSettings settings = cluster.newDatabase();
        return new TestDatabase() {
            @Override
            public DatabaseSettings settings() {
                return settings;
            }

            @Override
            public Connection connect() throws SQLException {
                return cluster.superuser(settings);
            }

            @Override
            public void tamper(String sql) {
                try (Connection connection = connect();
                        Statement statement = connection.createStatement()) {
                    statement.execute("SET session_replication_role = replica");
                    statement.execute(sql);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void close() {
                cluster.drop(settings);
            }
        };
    }

    static PostgresCluster sharedServer() {
        return Shared.CLUSTER;
    }

    DatabaseSettings settings();

    /** A connection past the code under test, with every right. */
    Connection connect() throws SQLException;

    /** As somebody with every right does it, past all triggers. */
    void tamper(String sql);

    default HikariDataSource open() {
        return JournalDatabase.open(settings());
    }

    @Override
    void close();

    /** Started by the first test that needs it, and stopped with the JVM. */
    final class Shared {
        private static final PostgresCluster CLUSTER = start();

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
