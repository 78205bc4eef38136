package io.github.cxoneassist.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A suggestion within its window, as the journal tells it. One id can have been offered again after it ended or was
 * given back: then this is the last time that it was.
 *
 * @param end present exactly where the state is {@code ENDED}
 * @param until the last instant of its window
 * @param firstSeq the row that made it known, {@code held} or {@code injected}: the lower, the older
 * @param firstAt when that row was written
 * @param details those of its last {@code held} or {@code injected} row
 * @param text null where it was erased
 */
public record OpenSuggestion(
        String interactionId,
        String suggestionId,
        State state,
        Optional<End> end,
        Instant until,
        long firstSeq,
        Instant firstAt,
        JsonNode details,
        String text) {

    /** In the order in which a suggestion goes through them; it may leave some out, and goes back only to wait. */
    public enum State {
        HELD,
        INJECTED,
        ACKNOWLEDGED,
        ENDED
    }

    /**
     * What ended it, and when.
     *
     * @param event {@code accepted}, {@code dismissed}, {@code expired} or {@code superseded}
     * @param waited whether it waited until then; else it held a slot, or nobody said
     */
    public record End(JournalEvent event, Instant at, boolean waited) {}

    OpenSuggestion in(State newState) {
        return new OpenSuggestion(interactionId, suggestionId, newState, end, until, firstSeq, firstAt, details, text);
    }

    OpenSuggestion ended(End by) {
        return new OpenSuggestion(
                interactionId, suggestionId, State.ENDED, Optional.of(by), until, firstSeq, firstAt, details, text);
    }

    /** Without details and text: they must not reach a log. */
    @Override
    public String toString() {
        return "OpenSuggestion[interaction " + interactionId + ", suggestion " + suggestionId + ", " + state
                + end.map(by -> " by " + by.event().wireName()).orElse("") + ", until " + until + ", row " + firstSeq
                + "]";
    }
}
