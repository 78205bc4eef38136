package io.github.cxoneassist.journal;

import io.github.cxoneassist.journal.OpenSuggestion.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Removes texts of suggestions, which stand apart from the log so that it still verifies without them. Never one of an
 * interaction under a legal hold, nor one that a restart needs to go on with.
 */
public final class SuggestionTexts {
    /** Windows are compared as text, whose last digits are as many as they need to be; and clocks differ. */
    private static final Duration CAUTION = Duration.ofMinutes(1);

    /** Of a text under the alias {@code x}: nobody holds it, and the window of its suggestion ended before a time. */
    static final String ERASABLE = LegalHolds.NOT_HELD
            + " AND NOT EXISTS (SELECT 1 FROM audit_event e WHERE e.node = x.node AND e.seq = x.seq"
            + " AND e.window_end >= ?)";

    private static final String OLD = " FROM suggestion_text x WHERE x.node = ? AND x.seq < ? AND " + ERASABLE;

    private final DataSource database;
    private final JdbcAuditSource source;

    public SuggestionTexts(DataSource database) {
        this.database = database;
        this.source = new JdbcAuditSource(database);
    }

    /** How many texts {@link #eraseOlderThan} would erase. */
    public long countOlderThan(Instant before, Instant now) {
        long count = 0;
        for (String node : source.nodes()) {
            count += selectOld("SELECT COUNT(*)" + OLD, node, before, now).get(0);
        }
        return count;
    }

    /**
     * Erases texts of rows that were written before a time, a batch a transaction, so that nobody waits for it long.
     *
     * @return how many; fewer than there are where the thread was interrupted
     */
    public long eraseOlderThan(Instant before, Instant now, int batch) {
        long erased = 0;
        for (String node : source.nodes()) {
            List<Long> old = selectOld("SELECT x.seq" + OLD + " ORDER BY x.seq LIMIT " + batch, node, before, now);
            while (!old.isEmpty() && !Thread.currentThread().isInterrupted()) {
                int done = erase(node, old, now);
                erased += done;
                if (done == 0) {
                    // a hold was set in between, or the database's clock says that they are not that old
                    break;
                }
                old = selectOld("SELECT x.seq" + OLD + " ORDER BY x.seq LIMIT " + batch, node, before, now);
            }
        }
        return erased;
    }

    /**
     * Erases all texts of an interaction, recorded in the chain of the operators.
     *
     * @return how many there were
     * @throws AuditRefusedException where a legal hold keeps them, a restart still needs them, or there never was such an interaction:
     *     whoever mistyped it must not take it for erased
     */
    public int erase(String interactionId, OperatorChain chain, Instant now) {
        int[] erased = {0};
        chain.record(connection -> {
            Dialect.of(connection).keepHolds(connection);
            erased[0] = delete(connection, interactionId);
            Optional<LegalHolds.Hold> hold = LegalHolds.of(connection, interactionId);
            if (hold.isPresent()) {
                throw new AuditRefusedException(
                        "nothing was erased: " + hold.get().what() + " is under a legal hold since "
                                + hold.get().since() + " (" + hold.get().reason() + ")");
            }
            refuseOpen(interactionId, now);
            if (erased[0] == 0 && !isKnown(connection, interactionId)) {
                throw new AuditRefusedException("nothing is known of interaction " + interactionId);
            }
            return erased[0] == 0
                    ? Optional.empty()
                    : Optional.of(JournalEntry.of(JournalEvent.ERASED, interactionId, null)
                            .withReason("operator")
                            .withDetail("texts", erased[0]));
        });
        return erased[0];
    }

    /**
     * The same by age, recorded in the chain of the operators: for a database in which the application itself may not.
     *
     * @return how many there were
     */
    public long eraseOlderThan(Instant before, Instant now, int batch, OperatorChain chain, int days) {
        long found = countOlderThan(before, now);
        if (found == 0) {
            return 0;
        }
        // first the row: what is not on record does not happen
        chain.record(connection -> Optional.of(retention(days, before, found)));
        return eraseOlderThan(before, now, batch);
    }

    /** What is recorded before texts are erased by their age. */
    public static JournalEntry retention(int days, Instant before, long texts) {
        return JournalEntry.of(JournalEvent.ERASED)
                .withReason("retention")
                .withDetails(Map.of("textDays", days, "before", JournalRow.atText(before), "texts", texts));
    }

    /** Makes erased texts disappear from the files of the database, as far as that needs doing; whether it did. */
    public boolean forget() {
        try (Connection connection = database.getConnection()) {
            return Dialect.of(connection).forget(connection);
        } catch (SQLException e) {
            throw new JournalException("the database could not forget what was erased: " + e.getMessage(), e);
        }
    }

    /** The application still has the text of what waits or is under way, and writes it again when it is sent. */
    private void refuseOpen(String interactionId, Instant now) {
        RecoveryReader recovery = new JdbcRecoveryReader(database);
        for (String node : source.nodes()) {
            recovery.openSuggestions(
                    node,
                    now,
                    open -> {
                        boolean needed = open.state() == State.HELD || open.state() == State.INJECTED;
                        if (needed && open.interactionId().equals(interactionId)) {
                            throw new AuditRefusedException("nothing was erased: suggestion " + open.suggestionId()
                                    + " of interaction " + interactionId
                                    + " is still to be sent, or to be acknowledged, until "
                                    + open.until() + ". End the interaction first: POST /api/interactions/"
                                    + interactionId + "/end");
                        }
                    },
                    rows -> {});
        }
    }

    private static boolean isKnown(Connection connection, String interactionId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM audit_event WHERE interaction_id = ? LIMIT 1")) {
            statement.setString(1, interactionId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static int delete(Connection connection, String interactionId) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM suggestion_text WHERE interaction_id = ?")) {
            statement.setString(1, interactionId);
            return statement.executeUpdate();
        }
    }

    private List<Long> selectOld(String sql, String node, Instant before, Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, node);
            statement.setLong(2, source.firstFrom(node, JournalRow.atText(before)));
            statement.setString(3, openFrom(now));
            try (ResultSet row = statement.executeQuery()) {
                List<Long> found = new ArrayList<>();
                while (row.next()) {
                    found.add(row.getLong(1));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new JournalException("the texts could not be read: " + e.getMessage(), e);
        }
    }

    /** Asks again whether they may be erased in the statement that does it: a hold may have been set. */
    private int erase(String node, List<Long> seqs, Instant now) {
        try (Connection connection = database.getConnection()) {
            return Dialect.of(connection).eraseTexts(connection, node, seqs, openFrom(now));
        } catch (SQLException e) {
            throw new JournalException("the texts could not be erased: " + e.getMessage(), e);
        }
    }

    static String openFrom(Instant now) {
        return now.minus(CAUTION).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
