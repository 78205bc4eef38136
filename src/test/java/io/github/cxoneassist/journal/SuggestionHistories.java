package io.github.cxoneassist.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Rows of a few suggestions in any mixture, with windows that end around {@link #NOW}, sensible or not. */
final class SuggestionHistories {
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00.25Z");

    private static final List<JournalEvent> EVENTS = List.of(
            JournalEvent.HELD,
            JournalEvent.INJECTED,
            JournalEvent.ACK_RECEIVED,
            JournalEvent.ACCEPTED,
            JournalEvent.DISMISSED,
            JournalEvent.EXPIRED,
            JournalEvent.SUPERSEDED,
            JournalEvent.DISPATCH_FAILED,
            JournalEvent.IGNORED,
            JournalEvent.VALIDATION_FAILED);

    private static final List<String> ENDS = List.of(
            "2026-11-22T07:59:59Z",
            "2026-11-22T08:00:00Z",
            "2026-11-22T08:00:00.249999999Z",
            "2026-11-22T08:00:00.250Z",
            "2026-11-22T08:00:00.500Z",
            "2026-11-22T08:00:01Z",
            "2026-11-22T09:00:00.123456789Z");

    private record Draft(
            JournalEvent event, int interaction, int suggestion, String end, boolean flag, boolean hasText) {}

    private SuggestionHistories() {}

    static Arbitrary<List<SuggestionStep>> any() {
        return Combinators.combine(
                        Arbitraries.of(EVENTS),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(ENDS),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Draft::new)
                .list()
                .ofMaxSize(40)
                .map(SuggestionHistories::steps);
    }

    private static List<SuggestionStep> steps(List<Draft> drafts) {
        List<SuggestionStep> steps = new ArrayList<>();
        drafts.forEach(draft -> steps.add(step(steps.size() + 1, draft)));
        return steps;
    }

    private static SuggestionStep step(long seq, Draft draft) {
        boolean offer = draft.event() == JournalEvent.HELD || draft.event() == JournalEvent.INJECTED;
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        String reason = null;
        if (offer) {
            details.put("windowEnd", draft.end());
        } else if (draft.event() == JournalEvent.DISPATCH_FAILED && draft.flag()) {
            details.put("mayHaveLeft", true);
        } else if (draft.event() == JournalEvent.EXPIRED) {
            reason = draft.flag() ? "context_window_ended" : "interaction_ended";
            details.put("waited", draft.hasText());
        }
        return new SuggestionStep(
                seq,
                NOW.plusMillis(50 * (seq - 10)),
                draft.event(),
                "interaction-" + draft.interaction(),
                "s-" + draft.suggestion(),
                reason,
                details,
                offer && draft.hasText() ? "Text of row " + seq : null);
    }
}
