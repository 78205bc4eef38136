package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Interactions of which nothing may be erased, run out or be archived, until somebody lets go of them. */
public final class LegalHolds {
    /** Stands for all interactions, those to come too. */
    public static final String ALL = "*";

    /** For a row or text with the column {@code interaction_id} under the alias {@code x}. */
    static final String NOT_HELD = "NOT EXISTS (SELECT 1 FROM legal_hold h"
            + " WHERE h.interaction_id = '*' OR h.interaction_id = x.interaction_id)";

    /**
     * One of them.
     *
     * @param interactionId {@value #ALL} for all
     * @param since as in a row
     */
    public record Hold(String interactionId, String since, String reason) {
        /** What is held, in words. */
        public String what() {
            return interactionId.equals(ALL) ? "everything" : "interaction " + interactionId;
        }
    }

    private final DataSource database;
    private final OperatorChain chain;
    private final Clock clock;

    /** @param chain null for whoever only reads */
    public LegalHolds(DataSource database, OperatorChain chain, Clock clock) {
        this.database = database;
        this.chain = chain;
        this.clock = clock;
    }

    /** The oldest first. */
    public List<Hold> all() {
        try (Connection connection = database.getConnection()) {
            return query(
                    connection, "SELECT interaction_id, since, reason FROM legal_hold ORDER BY since, interaction_id");
        } catch (SQLException e) {
            throw new JournalException("the legal holds could not be read: " + e.getMessage(), e);
        }
    }

    /** @throws AuditRefusedException where it is held already */
    public void set(String interactionId, String reason) {
        String since = JournalRow.atText(clock.instant());
        chain.record(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT INTO legal_hold (interaction_id, since, reason) SELECT ?, ?, ?"
                            + " WHERE NOT EXISTS (SELECT 1 FROM legal_hold WHERE interaction_id = ?)")) {
                statement.setString(1, interactionId);
                statement.setString(2, since);
                statement.setString(3, reason);
                statement.setString(4, interactionId);
                if (statement.executeUpdate() == 0) {
                    throw new AuditRefusedException(of(connection, interactionId)
                                    .orElseThrow()
                                    .what()
                            + " is held already, since "
                            + of(connection, interactionId).orElseThrow().since());
                }
            }
            return Optional.of(entry(JournalEvent.LEGAL_HOLD_SET, interactionId, reason));
        });
    }

    /** @throws AuditRefusedException where it is not held */
    public void release(String interactionId, String reason) {
        chain.record(connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM legal_hold WHERE interaction_id = ?")) {
                statement.setString(1, interactionId);
                if (statement.executeUpdate() == 0) {
                    throw new AuditRefusedException(
                            "there is no legal hold on " + new Hold(interactionId, null, null).what());
                }
            }
            return Optional.of(entry(JournalEvent.LEGAL_HOLD_RELEASED, interactionId, reason));
        });
    }

    private static JournalEntry entry(JournalEvent event, String interactionId, String reason) {
        boolean all = interactionId.equals(ALL);
        Map<String, Object> details = Map.of("all", all, "why", reason);
        return JournalEntry.of(event, all ? null : interactionId, null).withDetails(details);
    }

    /** The one that keeps an interaction; null for one that keeps everything only. */
    static Optional<Hold> of(Connection connection, String interactionId) throws SQLException {
        return query(
                        connection,
                        "SELECT interaction_id, since, reason FROM legal_hold WHERE interaction_id IN ('*', ?)"
                                + " ORDER BY interaction_id DESC LIMIT 1",
                        interactionId)
                .stream()
                .findFirst();
    }

    static List<Hold> query(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                List<Hold> holds = new ArrayList<>();
                while (row.next()) {
                    holds.add(new Hold(row.getString(1), row.getString(2), row.getString(3)));
                }
                return holds;
            }
        }
    }
}
