package io.github.cxoneassist.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.journal.OpenSuggestion.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes suggestions of the rows of the journal. Rows may come from several suggestions in any mixture, as long as those
 * of each are in their order. What is unclear is taken as active: a slot too many taken for a while does no harm, one too
 * few breaks the limit.
 *
 * <p>A row that makes a suggestion known counts only if its window is open at {@code now}, and the others only if such a
 * row came before: so it does not matter whether older rows are left out. Not thread-safe.
 */
final class SuggestionFold {
    /** The events that say something about a suggestion's state. */
    static final Set<JournalEvent> EVENTS = Set.of(
            JournalEvent.HELD,
            JournalEvent.INJECTED,
            JournalEvent.ACK_RECEIVED,
            JournalEvent.ACCEPTED,
            JournalEvent.DISMISSED,
            JournalEvent.EXPIRED,
            JournalEvent.SUPERSEDED,
            JournalEvent.DISPATCH_FAILED);

    /** Those of them whose details are looked at. */
    static final Set<JournalEvent> WITH_DETAILS =
            Set.of(JournalEvent.HELD, JournalEvent.INJECTED, JournalEvent.EXPIRED, JournalEvent.DISPATCH_FAILED);

    static final String WINDOW_ENDED = "context_window_ended";

    private record Key(String interactionId, String suggestionId) {}

    private final Instant now;
    private final Map<Key, OpenSuggestion> open = new HashMap<>();

    SuggestionFold(Instant now) {
        this.now = now;
    }

    void add(SuggestionStep step) {
        Key key = new Key(step.interactionId(), step.suggestionId());
        switch (step.event()) {
            case HELD -> offered(key, step, State.HELD);
            case INJECTED -> offered(key, step, State.INJECTED);
            case ACK_RECEIVED ->
                open.computeIfPresent(key, (k, known) -> isAlive(known) ? known.in(State.ACKNOWLEDGED) : known);
            case ACCEPTED, DISMISSED, EXPIRED, SUPERSEDED ->
                open.computeIfPresent(key, (k, known) -> ends(step, known) ? known.ended(end(step)) : known);
            case DISPATCH_FAILED -> open.computeIfPresent(key, (k, known) -> givesBack(step, known) ? null : known);
            default -> {
                // says nothing about a state
            }
        }
    }

    /** Oldest first. */
    List<OpenSuggestion> suggestions() {
        List<OpenSuggestion> oldestFirst = new ArrayList<>(open.values());
        oldestFirst.sort(Comparator.comparingLong(OpenSuggestion::firstSeq));
        return oldestFirst;
    }

    private void offered(Key key, SuggestionStep step, State state) {
        Optional<Instant> end = windowEnd(step.details()).filter(instant -> !instant.isBefore(now));
        if (end.isEmpty()) {
            return;
        }
        OpenSuggestion known = open.get(key);
        if (known != null && isOverFor(known, end.get())) {
            // it ended while this row was on its way to disk
            return;
        }
        // with another end it is offered anew: the window before is over, though nobody has noticed yet
        boolean again = known != null && isAlive(known) && known.until().equals(end.get());
        open.put(
                key,
                new OpenSuggestion(
                        key.interactionId(),
                        key.suggestionId(),
                        // sent again, its ack may have come before the row was written; one that was not sent may wait
                        // again
                        again && known.state() == State.ACKNOWLEDGED ? known.state() : state,
                        Optional.empty(),
                        end.get(),
                        again ? known.firstSeq() : step.seq(),
                        again ? known.firstAt() : step.at(),
                        step.details(),
                        again && step.text() == null ? known.text() : step.text()));
    }

    /** Only one that was superseded may be offered again in the same window. */
    private static boolean isOverFor(OpenSuggestion known, Instant end) {
        return known.until().equals(end)
                && known.end()
                        .filter(by -> by.event() != JournalEvent.SUPERSEDED)
                        .isPresent();
    }

    private static boolean isAlive(OpenSuggestion known) {
        return known.state() != State.ENDED;
    }

    private static boolean ends(SuggestionStep step, OpenSuggestion known) {
        // The end of a window is noticed late, and by then the id may have been offered again with another window
        boolean earlierWindow = step.event() == JournalEvent.EXPIRED
                && WINDOW_ENDED.equals(step.reason())
                && !step.at().isAfter(known.until());
        return isAlive(known) && !earlierWindow;
    }

    private static OpenSuggestion.End end(SuggestionStep step) {
        return new OpenSuggestion.End(
                step.event(), step.at(), step.details().path("waited").asBoolean());
    }

    /** One that was acknowledged has been sent, whatever the sender was told. */
    private static boolean givesBack(SuggestionStep step, OpenSuggestion known) {
        return known.state().compareTo(State.ACKNOWLEDGED) < 0
                && !step.details().path("mayHaveLeft").asBoolean();
    }

    private static Optional<Instant> windowEnd(JsonNode details) {
        try {
            return Optional.of(Instant.parse(details.path("windowEnd").asText()));
        } catch (DateTimeException e) {
            // no journal writes this; the verifier of the chain is there to find it
            return Optional.empty();
        }
    }
}
