package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.Suggestion;
import io.github.cxoneassist.suggestion.Validation;
import io.github.cxoneassist.suggestion.Violation;
import java.util.List;
import java.util.Locale;

/**
 * What became of one suggestion: the answer that a source gets. A refusal is an outcome, not an exception.
 *
 * @param interactionId null where none could be read
 * @param suggestionId null where none could be read
 * @param reason why it was refused, a stable code; null when it was sent
 * @param violations each broken rule of a refused suggestion, empty otherwise
 * @param rawScore the source's own; null where what came was no suggestion
 * @param adjustedScore after what agents did with earlier ones; null where it was refused before that was looked at
 * @param freeSlots how many suggestions the interaction could still take; null where that was not looked at
 */
public record Outcome(
        String interactionId,
        String suggestionId,
        Status status,
        String reason,
        List<Violation> violations,
        Double rawScore,
        Double adjustedScore,
        Integer freeSlots) {

    /** How it ended. */
    public enum Status {
        SENT,
        /** No slot was free, or CXone was away in the middle: it waits, and is sent when it is its turn. */
        HELD,
        REFUSED,
        /** Not a suggestion, but the end of an interaction. */
        ENDED,
        /** A technical failure: nothing is wrong with the suggestion, the source may offer it again. */
        FAILED;

        /** The name on the wire and in metrics. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final String DUPLICATE = "duplicate";
    public static final String DUPLICATE_CONTENT = "duplicate_content";
    public static final String COOLING_DOWN = "cooling_down";
    public static final String BUFFER_FULL = "buffer_full";
    public static final String INTERACTION_ENDED = "interaction_ended";

    public Outcome {
        violations = List.copyOf(violations);
    }

    static Outcome sent(Waiting sent, int freeSlots) {
        return of(sent, Status.SENT, freeSlots);
    }

    /** @param freeSlots that others may take: a slot can be free and not for this one */
    static Outcome held(Waiting held, int freeSlots) {
        return of(held, Status.HELD, freeSlots);
    }

    private static Outcome of(Waiting waiting, Status status, Integer freeSlots) {
        Suggestion suggestion = waiting.suggestion();
        return new Outcome(
                suggestion.interactionId(),
                suggestion.id(),
                status,
                null,
                List.of(),
                suggestion.relevanceScore(),
                waiting.score(),
                freeSlots);
    }

    static Outcome refused(Suggestion suggestion, Double adjusted, String reason, Integer freeSlots) {
        return new Outcome(
                suggestion.interactionId(),
                suggestion.id(),
                Status.REFUSED,
                reason,
                List.of(),
                suggestion.relevanceScore(),
                adjusted,
                freeSlots);
    }

    /** Of one that had its slot already: the end of that is on record. */
    static Outcome interactionEnded(Waiting waiting) {
        return refused(waiting.suggestion(), waiting.score(), INTERACTION_ENDED, null);
    }

    /** A refusal that no row has said yet. */
    boolean needsItsRow() {
        return status == Status.REFUSED && !INTERACTION_ENDED.equals(reason);
    }

    static Outcome belowThreshold(Suggestion suggestion, double adjusted, Violation violation) {
        return new Outcome(
                suggestion.interactionId(),
                suggestion.id(),
                Status.REFUSED,
                violation.code().wireName(),
                List.of(violation),
                suggestion.relevanceScore(),
                adjusted,
                null);
    }

    static Outcome ended(String interactionId) {
        return new Outcome(interactionId, null, Status.ENDED, null, List.of(), null, null, null);
    }

    static Outcome invalid(Validation.Invalid invalid) {
        return new Outcome(
                invalid.interactionId(),
                invalid.suggestionId(),
                Status.REFUSED,
                invalid.reason(),
                invalid.violations(),
                invalid.suggestion() == null ? null : invalid.suggestion().relevanceScore(),
                null,
                null);
    }

    /** A technical failure that the caller is told about in the form of an outcome, as the HTTP source does. */
    static Outcome failed(String reason) {
        return new Outcome(null, null, Status.FAILED, reason, List.of(), null, null, null);
    }

    /** The JSON form: absent fields are left out, but {@code violations} of a refusal is always there. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (interactionId != null) {
            json.put("interactionId", interactionId);
        }
        if (suggestionId != null) {
            json.put("id", suggestionId);
        }
        json.put("status", status.wireName());
        if (reason != null) {
            json.put("reason", reason);
        }
        if (status == Status.REFUSED) {
            var list = json.putArray("violations");
            violations.forEach(violation -> list.addObject()
                    .put("field", violation.field())
                    .put("code", violation.code().wireName())
                    .put("message", violation.message()));
        }
        if (rawScore != null) {
            json.put("rawScore", rawScore);
        }
        if (adjustedScore != null) {
            json.put("adjustedScore", adjustedScore);
        }
        if (freeSlots != null) {
            json.put("freeSlots", freeSlots);
        }
        return json;
    }
}
