package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A file in a test's folder, which goes with it. */
record SqliteTestDatabase(DatabaseSettings settings) implements TestDatabase {
    @Override
    public DatabaseSettings operator() {
        return settings;
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.url());
    }

    /** Takes them off for good. */
    @Override
    public Connection unguarded() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("audit_event", "audit_checkpoint", "audit_anchored")) {
                for (String trigger : List.of("never_changes", "never_shrinks", "is_never_replaced")) {
                    statement.execute("DROP TRIGGER IF EXISTS " + table + "_" + trigger);
                }
            }
        }
        return connection;
    }

    @Override
    public void empty() {
        tamper(
                "DELETE FROM suggestion_text",
                "DELETE FROM audit_event",
                "DELETE FROM audit_checkpoint",
                "DELETE FROM audit_anchored",
                "DELETE FROM legal_hold",
                "DELETE FROM webhook_cursor");
    }

    @Override
    public void dropKeys() {
        for (String table : List.of("suggestion_text", "audit_event", "audit_checkpoint")) {
            tamper(
                    "CREATE TABLE without_keys AS SELECT * FROM " + table,
                    "DROP TABLE " + table,
                    "ALTER TABLE without_keys RENAME TO " + table);
        }
    }

    @Override
    public HikariDataSource openToTidy() {
        open().close();
        return TestDatabase.super.openToTidy();
    }

    @Override
    public void close() {
        // the test's folder goes with it
    }
}
