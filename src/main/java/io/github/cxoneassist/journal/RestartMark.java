package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * How far back a restart of a node has to look for windows whose end nobody has written down. Shortly before the last row, where the
 * process that wrote it had been there for a while; else as far back as that process had to look itself: its own first rows say
 * nothing of what it was still to catch up with when it died.
 */
public final class RestartMark {
    /** By then a process has written down what ended before it started, and later each end of a window. */
    private static final Duration NOTICED = Duration.ofMinutes(1);

    private static final String LOAD = "SELECT at, since FROM restart WHERE node = ?";
    private static final String SAVE = "INSERT INTO restart (node, at, since) VALUES (?, ?, ?)"
            + " ON CONFLICT (node) DO UPDATE SET at = excluded.at, since = excluded.since";

    private final DataSource database;

    private record Start(Instant at, Instant since) {}

    public RestartMark(DataSource database) {
        this.database = database;
    }

    /**
     * To be called once at each start, before anything is written. Blocking; fails with a {@link JournalException}.
     *
     * @param lastRow when the last row of the node was written
     * @return windows that ended before need not be looked at
     */
    public Instant since(String node, Instant now, Instant lastRow) {
        try (Connection connection = database.getConnection()) {
            Instant seen = (lastRow.isBefore(now) ? lastRow : now).minus(NOTICED);
            Instant since = load(connection, node)
                    .filter(start -> start.since().isBefore(seen) && seen.isBefore(start.at()))
                    .map(Start::since)
                    .orElse(seen);
            save(connection, node, new Start(now, since));
            return since;
        } catch (SQLException e) {
            throw new JournalException("the mark of the last start could not be read or written: " + e.getMessage(), e);
        }
    }

    private static Optional<Start> load(Connection connection, String node) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOAD)) {
            select.setString(1, node);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Start(Instant.parse(row.getString("at")), Instant.parse(row.getString("since"))))
                        : Optional.empty();
            }
        }
    }

    private static void save(Connection connection, String node, Start start) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(SAVE)) {
            upsert.setString(1, node);
            upsert.setString(2, start.at().toString());
            upsert.setString(3, start.since().toString());
            upsert.executeUpdate();
        }
    }
}
