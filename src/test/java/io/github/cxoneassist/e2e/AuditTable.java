package io.github.cxoneassist.e2e;

import io.github.cxoneassist.journal.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The audit log of a process, read from outside. */
final class AuditTable {

    private final DataSource database;

    private AuditTable(DataSource database) {
        this.database = database;
    }

    /**
     * Read-only: any other connection would put the write-ahead log of a killed process in order when it closes, which is the
     * next life's own task.
     */
    static AuditTable in(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(10_000);
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + file);
        return new AuditTable(database);
    }

    static AuditTable on(DatabaseSettings settings) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(settings.url());
        database.setUser(settings.user());
        database.setPassword(settings.password());
        return new AuditTable(database);
    }

    DataSource database() {
        return database;
    }

    Connection connect() throws SQLException {
        return database.getConnection();
    }

    /** The rows about suggestions behind this one, in order. */
    List<AuditRow> after(long seq) throws SQLException {
        String sql = AuditRow.SELECT + " WHERE node = 'main' AND seq > ? ORDER BY seq";
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, seq);
            try (ResultSet result = statement.executeQuery()) {
                return AuditRow.all(result);
            }
        }
    }
}
