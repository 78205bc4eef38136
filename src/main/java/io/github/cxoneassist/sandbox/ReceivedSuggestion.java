package io.github.cxoneassist.sandbox;

import java.time.Instant;

/**
 * A well-formed suggestion, and what became of it.
 *
 * @param connection   the connection that carried it last
 * @param receivedAt   when it came first, by the clock of the sandbox
 * @param sends        how often it came
 * @param acknowledged whether an acknowledgement was sent
 * @param outcome      the first one that was sent; later ones don't count
 */
public record ReceivedSuggestion(
        SuggestionFrame frame, int connection, Instant receivedAt, int sends, boolean acknowledged, Outcome outcome) {

    public enum Outcome {
        OPEN,
        ACCEPTED,
        DISMISSED
    }

    static ReceivedSuggestion first(SuggestionFrame frame, int connection, Instant at) {
        return new ReceivedSuggestion(frame, connection, at, 1, false, Outcome.OPEN);
    }

    public String interactionId() {
        return frame.interactionId();
    }

    public String id() {
        return frame.id();
    }

    /** The end of the window belongs to it. */
    public boolean activeAt(Instant now) {
        return outcome == Outcome.OPEN && !now.isAfter(frame.end());
    }

    ReceivedSuggestion sentAgain(int on) {
        return new ReceivedSuggestion(frame, on, receivedAt, sends + 1, acknowledged, outcome);
    }

    ReceivedSuggestion answeredWithAck() {
        return new ReceivedSuggestion(frame, connection, receivedAt, sends, true, outcome);
    }

    ReceivedSuggestion ended(Outcome how) {
        return outcome == Outcome.OPEN
                ? new ReceivedSuggestion(frame, connection, receivedAt, sends, acknowledged, how)
                : this;
    }
}
