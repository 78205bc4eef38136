package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/** One of the databases of the server that all tests of a JVM share; the application's role alone has {@code settings}. */
record PostgresTestDatabase(DatabaseSettings settings, Consumer<DatabaseSettings> end) implements TestDatabase {
    @Override
    public DatabaseSettings operator() {
        return PostgresCluster.withOwner(settings);
    }

    @Override
    public Connection connect() throws SQLException {
        return TestDatabase.sharedServer().superuser(settings);
    }

    @Override
    public Connection unguarded() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
        }
        return connection;
    }

    @Override
    public void empty() {
        tamper(
                "DELETE FROM suggestion_text; DELETE FROM audit_event; DELETE FROM audit_head; DELETE FROM audit_checkpoint;"
                        + " DELETE FROM audit_anchored; DELETE FROM legal_hold; DELETE FROM restart;"
                        + " DELETE FROM webhook_cursor; DELETE FROM webhook_retry; DELETE FROM webhook_dead;"
                        + " DELETE FROM webhook_subscriber; DELETE FROM webhook_subscriber_state");
    }

    @Override
    public void dropKeys() {
        tamper(
                "ALTER TABLE audit_event DROP CONSTRAINT audit_event_pkey",
                "ALTER TABLE suggestion_text DROP CONSTRAINT suggestion_text_pkey",
                "ALTER TABLE audit_checkpoint DROP CONSTRAINT audit_checkpoint_pkey",
                "ALTER TABLE audit_checkpoint DROP CONSTRAINT audit_checkpoint_node_first_seq_key",
                "ALTER TABLE audit_checkpoint DROP CONSTRAINT audit_checkpoint_of_rows",
                "ALTER TABLE audit_checkpoint DROP CONSTRAINT audit_checkpoint_hashes");
    }

    @Override
    public void close() {
        end.accept(settings);
    }
}
