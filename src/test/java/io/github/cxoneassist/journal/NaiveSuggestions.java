package io.github.cxoneassist.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cxoneassist.journal.OpenSuggestion.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The same answer as that of {@link SuggestionFold}, found by looking at one suggestion's whole history at a time. */
final class NaiveSuggestions {
    private static final Set<JournalEvent> OFFERS = Set.of(JournalEvent.HELD, JournalEvent.INJECTED);
    private static final Set<JournalEvent> ENDS =
            Set.of(JournalEvent.ACCEPTED, JournalEvent.DISMISSED, JournalEvent.SUPERSEDED, JournalEvent.EXPIRED);

    private NaiveSuggestions() {}

    /** Of the suggestion whose rows these are. */
    static Optional<OpenSuggestion> of(List<SuggestionStep> rows, Instant now) {
        int first = next(rows, 0, step -> isOffer(step, now));
        if (first == rows.size()) {
            return Optional.empty();
        }
        List<SuggestionStep> life = new ArrayList<>(rows.subList(first, rows.size()));
        int over = 0;
        while (over < life.size() && !isOver(life, over, now)) {
            over++;
        }
        Optional<Instant> forGood = over < life.size() && endsForGood(life.get(over))
                ? Optional.of(end(describe(life, over, now).details()))
                : Optional.empty();
        int again = next(
                life,
                over,
                step -> isOffer(step, now)
                        && !forGood.filter(end -> end.equals(end(step))).isPresent());
        if (again < life.size()) {
            return of(life.subList(again, life.size()), now);
        }
        if (over < life.size() && life.get(over).event() == JournalEvent.DISPATCH_FAILED) {
            return Optional.empty();
        }
        return Optional.of(describe(life, over, now));
    }

    private static OpenSuggestion describe(List<SuggestionStep> life, int over, Instant now) {
        List<SuggestionStep> active = life.subList(0, over);
        List<SuggestionStep> offers =
                active.stream().filter(step -> isOffer(step, now)).toList();
        SuggestionStep last = offers.get(offers.size() - 1);
        List<String> texts = offers.stream()
                .map(SuggestionStep::text)
                .filter(Objects::nonNull)
                .toList();
        Optional<OpenSuggestion.End> end = over < life.size()
                ? Optional.of(new OpenSuggestion.End(
                        life.get(over).event(),
                        life.get(over).at(),
                        life.get(over).details().path("waited").asBoolean()))
                : Optional.empty();
        State state = State.HELD;
        if (end.isPresent()) {
            state = State.ENDED;
        } else if (has(active, JournalEvent.ACK_RECEIVED)) {
            state = State.ACKNOWLEDGED;
        } else if (last.event() == JournalEvent.INJECTED) {
            state = State.INJECTED;
        }
        return new OpenSuggestion(
                last.interactionId(),
                last.suggestionId(),
                state,
                end,
                end(last),
                life.get(0).seq(),
                life.get(0).at(),
                last.details(),
                texts.isEmpty() ? null : texts.get(texts.size() - 1));
    }

    private static boolean isOver(List<SuggestionStep> life, int index, Instant now) {
        SuggestionStep step = life.get(index);
        List<SuggestionStep> before = life.subList(0, index);
        if (isOffer(step, now)) {
            return index > 0 && !end(step).equals(end(life.get(0)));
        }
        if (step.event() == JournalEvent.DISPATCH_FAILED) {
            return !step.details().path("mayHaveLeft").asBoolean() && !has(before, JournalEvent.ACK_RECEIVED);
        } else if (step.event() == JournalEvent.EXPIRED && "context_window_ended".equals(step.reason())) {
            List<SuggestionStep> offers =
                    before.stream().filter(offer -> isOffer(offer, now)).toList();
            return end(offers.get(offers.size() - 1)).isBefore(step.at());
        }
        return ENDS.contains(step.event());
    }

    /** Within this window. */
    private static boolean endsForGood(SuggestionStep step) {
        return ENDS.contains(step.event()) && step.event() != JournalEvent.SUPERSEDED;
    }

    private static boolean isOffer(SuggestionStep step, Instant now) {
        return OFFERS.contains(step.event()) && !end(step).isBefore(now);
    }

    private static Instant end(SuggestionStep step) {
        return end(step.details());
    }

    private static Instant end(JsonNode details) {
        return Instant.parse(details.get("windowEnd").textValue());
    }

    private static boolean has(List<SuggestionStep> steps, JournalEvent event) {
        return steps.stream().anyMatch(step -> step.event() == event);
    }

    private static int next(List<SuggestionStep> steps, int from, Predicate<SuggestionStep> wanted) {
        int index = from;
        while (index < steps.size() && !wanted.test(steps.get(index))) {
            index++;
        }
        return index;
    }
}
