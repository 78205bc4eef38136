package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table that is polled; each subclass brings a database. */
abstract class SqlSourceContract extends SourceContract {

    private DatabaseSettings database;

    abstract DatabaseSettings newDatabase() throws Exception;

    /** As docs/sources.md has it. */
    abstract String table();

    @Override
    String source() {
        return "sql";
    }

    @Override
    Map<String, String> settings() throws Exception {
        database = newDatabase();
        update(table());
        Map<String, String> settings = new HashMap<>();
        settings.put("cxone.source.sql.url", database.url());
        settings.put("cxone.source.sql.delay", "50");
        if (database.user() != null) {
            settings.put("cxone.source.sql.user", database.user());
            settings.put("cxone.source.sql.password", database.password());
        }
        return settings;
    }

    @Override
    void deliver(String... messages) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (var insert = connection.prepareStatement("INSERT INTO cxone_suggestion (body) VALUES (?)")) {
                for (String message : messages) {
                    insert.setString(1, message);
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    @Override
    List<String> deadLetters() throws SQLException {
        return query("SELECT body FROM cxone_suggestion WHERE state = 'bad' ORDER BY id");
    }

    @Override
    long unacknowledged() throws SQLException {
        return query("SELECT body FROM cxone_suggestion WHERE state = 'new'").size();
    }

    @Test
    void aRowSaysWhatBecameOfIt() throws SQLException {
        deliver(suggestion("a"), POISON, suggestion("a"));

        awaitAcknowledged();
        assertThat(query("SELECT state || ' ' || outcome FROM cxone_suggestion ORDER BY id"))
                .satisfiesExactly(
                        sent -> assertThat(sent).startsWith("done {").contains("\"status\":\"sent\""),
                        bad -> assertThat(bad).startsWith("bad {").contains("\"reason\":\"malformed\""),
                        twice -> assertThat(twice).startsWith("done {").contains("\"reason\":\"duplicate\""));
    }

    @Test
    void aRowWithoutABodyIsBad() throws SQLException {
        deliver(null, suggestion("a"));

        awaitAcknowledged();
        assertThat(query("SELECT state FROM cxone_suggestion ORDER BY id")).containsExactly("bad", "done");
    }

    final void update(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
