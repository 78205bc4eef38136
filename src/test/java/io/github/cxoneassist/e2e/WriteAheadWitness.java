package io.github.cxoneassist.e2e;

import io.github.cxoneassist.sandbox.Agent;
import io.github.cxoneassist.sandbox.Desktop;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An agent who looks into the audit log at the very moment when a suggestion is shown, and then does as the other one. The
 * look takes less than a millisecond, so it may be taken on the event loop.
 */
final class WriteAheadWitness implements Agent {

    record Seen(String suggestionId, int connection) {}

    /** Shown while the database did not answer. */
    record Unsure(String suggestionId, Instant shown) {}

    private static final String INJECTED =
            "SELECT count(*) FROM audit_event WHERE interaction_id = ? AND suggestion_id = ? AND event = 'injected'";

    private final AuditTable audit;
    private final Agent agent;
    private final List<Seen> seen = new ArrayList<>();
    private final List<String> unjournaled = new ArrayList<>();
    private final List<Unsure> unsure = new ArrayList<>();
    private Connection connection;

    WriteAheadWitness(AuditTable audit, Agent agent) {
        this.audit = audit;
        this.agent = agent;
    }

    /** All that was shown, again and again, in order. */
    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** What was shown without being on disk as injected. */
    synchronized List<String> unjournaled() {
        return List.copyOf(unjournaled);
    }

    /** What was shown, when nobody could look. */
    synchronized List<Unsure> unsure() {
        return List.copyOf(unsure);
    }

    /** Lets go of the database, so that whoever starts next is alone with it. */
    synchronized void looksAway() throws SQLException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    @Override
    public void sitsDownAt(Desktop desktop) {
        agent.sitsDownAt(desktop);
    }

    @Override
    public synchronized void sees(ReceivedSuggestion suggestion) {
        seen.add(new Seen(suggestion.id(), suggestion.connection()));
        try {
            if (!isInjected(suggestion)) {
                unjournaled.add(suggestion.id());
            }
        } catch (SQLException e) {
            unsure.add(new Unsure(suggestion.id(), Instant.now()));
            connection = null;
        }
        agent.sees(suggestion);
    }

    private boolean isInjected(ReceivedSuggestion suggestion) throws SQLException {
        if (connection == null) {
            connection = audit.connect();
        }
        try (PreparedStatement statement = connection.prepareStatement(INJECTED)) {
            statement.setString(1, suggestion.interactionId());
            statement.setString(2, suggestion.id());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getInt(1) > 0;
            }
        }
    }
}
