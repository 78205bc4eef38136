package io.github.cxoneassist.suggestion;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;

/**
 * Judges an input against the contract and a policy, and names everything that is wrong with it at once, so that whoever
 * wires a source sees the whole list and not the first line of it.
 *
 * <p>It never throws, whatever the input is: a refusal that ended as an exception would be missing in the audit log.
 * Unknown fields are ignored. Immutable; any thread may call it.
 */
public final class SuggestionValidator {

    private static final int MAX_ID_LENGTH = 256;
    private static final int MAX_SOURCE_LENGTH = 128;

    private final SuggestionPolicy policy;

    public SuggestionValidator(SuggestionPolicy policy) {
        this.policy = Objects.requireNonNull(policy, "policy");
    }

    /**
     * Validates the flat form {@code {"interactionId", "id", "content", "priority", "relevanceScore",
     * "contextWindow": {"start", "end"}, "source"}}, of which only the source may be absent.
     *
     * @param flat any node, or null
     * @param now the moment that must lie in the context window
     */
    public Validation validate(JsonNode flat, Instant now) {
        if (flat == null || !flat.isObject()) {
            return Validation.Invalid.whole(Code.MALFORMED, "must be a JSON object");
        }
        FieldChecks checks = new FieldChecks();
        String interactionId = checks.key(Field.INTERACTION_ID, flat.get(Field.INTERACTION_ID), MAX_ID_LENGTH);
        String id = checks.key(Field.ID, flat.get(Field.ID), MAX_ID_LENGTH);
        String content = checks.prose(Field.CONTENT, flat.get(Field.CONTENT), policy.maxContentLength());
        Priority priority = checks.priority(Field.PRIORITY, flat.get(Field.PRIORITY));
        Double score = relevantScore(checks, flat.get(Field.RELEVANCE_SCORE));
        ContextWindow window = openWindow(checks, flat.get(Field.CONTEXT_WINDOW), now);
        JsonNode sourceNode = flat.get(Field.SOURCE);
        String source =
                FieldChecks.isNothing(sourceNode) ? null : checks.key(Field.SOURCE, sourceNode, MAX_SOURCE_LENGTH);
        if (!checks.areAllOfRules()) {
            return Validation.Invalid.of(interactionId, id, checks.violations());
        }
        Suggestion suggestion = new Suggestion(interactionId, id, content, priority, score, window, source);
        return checks.violations().isEmpty()
                ? new Validation.Valid(suggestion)
                : Validation.Invalid.of(suggestion, checks.violations());
    }

    /** Validates what a reader gave; what could not be read is refused as a whole. */
    public Validation validate(SuggestionReader.Item item, Instant now) {
        if (item instanceof SuggestionReader.Parsed parsed) {
            return validate(parsed.node(), now);
        }
        SuggestionReader.Unreadable unreadable = (SuggestionReader.Unreadable) item;
        return Validation.Invalid.whole(unreadable.code(), unreadable.message());
    }

    private Double relevantScore(FieldChecks checks, JsonNode node) {
        Double score = checks.score(Field.RELEVANCE_SCORE, node);
        if (score != null && !(score >= policy.relevanceThreshold())) {
            checks.note(Violation.belowThreshold(score, policy.relevanceThreshold()));
        }
        return score;
    }

    private ContextWindow openWindow(FieldChecks checks, JsonNode node, Instant now) {
        JsonNode object = checks.object(Field.CONTEXT_WINDOW, node);
        if (object == null) {
            return null;
        }
        Instant start = checks.instant(Field.CONTEXT_WINDOW + "." + Field.START, object.get(Field.START));
        Instant end = checks.instant(Field.CONTEXT_WINDOW + "." + Field.END, object.get(Field.END));
        if (start == null || end == null) {
            return null;
        }
        if (start.isAfter(end)) {
            checks.note(Field.CONTEXT_WINDOW, Code.START_AFTER_END, "must not start after its end");
            return null;
        }
        ContextWindow window = new ContextWindow(start, end);
        judge(checks, window, now);
        return window;
    }

    private void judge(FieldChecks checks, ContextWindow window, Instant now) {
        if (window.length().compareTo(policy.maxWindow()) > 0) {
            checks.note(
                    Field.CONTEXT_WINDOW,
                    Code.WINDOW_TOO_LONG,
                    "must span at most " + policy.maxWindow() + ", but spans " + window.length());
        }
        if (!window.contains(now)) {
            String side = now.isBefore(window.start()) ? "starts only at " : "ended at ";
            Instant edge = now.isBefore(window.start()) ? window.start() : window.end();
            checks.note(Field.CONTEXT_WINDOW, Code.OUTSIDE_CONTEXT_WINDOW, side + edge + ", and it is " + now);
        }
    }
}
