package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The audit log as it is on disk, by connections that the code under test has no part in. */
record AuditDatabase(DatabaseSettings settings) {

    AuditDatabase(Path file) {
        this(new DatabaseSettings("jdbc:sqlite:" + file, null, null));
    }

    String url() {
        return settings.url();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private static final String OF_THE_SESSION = "('connected', 'disconnected', 'auth_failed', 'token_renewed')";
    private static final String NOT_OF_A_SUGGESTION =
            "('connected', 'disconnected', 'auth_failed', 'token_renewed', 'configured')";

    /** {@code event suggestion [reason]} of each row that is about a suggestion, in order. */
    List<String> lines() {
        return query("SELECT event || ' ' || COALESCE(suggestion_id, '-') || COALESCE(' ' || reason, '')"
                + " FROM audit_event WHERE event NOT IN " + NOT_OF_A_SUGGESTION + " ORDER BY seq");
    }

    /** {@code event reason} of each row that is about the session, in order. */
    List<String> sessionLines() {
        return query(
                "SELECT event || ' ' || reason FROM audit_event WHERE event IN " + OF_THE_SESSION + " ORDER BY seq");
    }

    List<String> details(String event) {
        return query("SELECT details FROM audit_event WHERE event = '" + event + "' ORDER BY seq");
    }

    /** A row behind the last one of the node, not chained: for a reader that does not verify. */
    void insertAfterTheLast(String event, Instant at) {
        String sql = "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash)"
                + " SELECT node, seq + 1, ?, ?, '{}', hash, hash FROM audit_event ORDER BY seq DESC LIMIT 1";
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(
                    1,
                    DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
                            .withZone(ZoneOffset.UTC)
                            .format(at));
            statement.setString(2, event);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> query(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            List<String> result = new ArrayList<>();
            while (rows.next()) {
                result.add(rows.getString(1));
            }
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
