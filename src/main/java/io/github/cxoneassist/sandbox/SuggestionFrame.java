package io.github.cxoneassist.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** An {@code agentassist.suggest} frame whose every field was found to be as the contract says. */
public record SuggestionFrame(
        String interactionId,
        String id,
        String content,
        String priority,
        double relevanceScore,
        Instant start,
        Instant end,
        Instant injectedAt) {

    static final String TYPE = "agentassist.suggest";

    /** What was read: either a suggestion and no errors, or errors and no suggestion. */
    record Reading(Optional<SuggestionFrame> suggestion, List<String> errors) {}

    private static final Set<String> FIELDS = Set.of("type", "interactionId", "suggestion");
    private static final Set<String> PRIORITIES = Set.of("CRITICAL", "HIGH", "MEDIUM", "LOW");

    /** {@link Instant#parse} alone would take 24:00:00, second 60, lower case and offsets. */
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

    /** Without the content, which must not end up in a log. */
    @Override
    public String toString() {
        return "SuggestionFrame[" + interactionId + "/" + id + " " + priority + " " + relevanceScore + " " + start
                + ".." + end + "]";
    }

    static Reading read(ObjectNode frame) {
        var errors = new ArrayList<String>();
        frame.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                errors.add(name + " is not a field of the frame");
            }
        });
        var suggestion = frame.path("suggestion");
        if (!suggestion.isObject()) {
            errors.add("suggestion is not an object");
        }
        var window = suggestion.path("contextWindow");
        var interactionId = text(frame, "interactionId", errors);
        var id = text(suggestion, "id", errors);
        var content = text(suggestion, "content", errors);
        var priority = text(suggestion, "priority", errors);
        if (!priority.isBlank() && !PRIORITIES.contains(priority)) {
            errors.add("priority is none of CRITICAL, HIGH, MEDIUM, LOW");
        }
        var score = score(suggestion.path("relevanceScore"), errors);
        var start = instant(window, "start", errors);
        var end = instant(window, "end", errors);
        var injectedAt = instant(suggestion, "injectedAt", errors);
        if (start.isPresent() && end.isPresent() && start.get().isAfter(end.get())) {
            errors.add("start is after end");
        }
        if (!errors.isEmpty()) {
            return new Reading(Optional.empty(), List.copyOf(errors));
        }
        return new Reading(
                Optional.of(new SuggestionFrame(
                        interactionId,
                        id,
                        content,
                        priority,
                        score,
                        start.orElseThrow(),
                        end.orElseThrow(),
                        injectedAt.orElseThrow())),
                List.of());
    }

    private static String text(JsonNode node, String field, List<String> errors) {
        var value = node.path(field);
        if (!value.isTextual() || value.textValue().isBlank()) {
            errors.add(field + " is not a text, or blank");
            return "";
        }
        return value.textValue();
    }

    private static double score(JsonNode value, List<String> errors) {
        var score = value.isNumber() ? value.doubleValue() : Double.NaN;
        // asked for what is inside, because every comparison with NaN is false
        if (!(score >= 0.0 && score <= 1.0)) {
            errors.add("relevanceScore is not a number from 0 to 1");
        }
        return score;
    }

    private static Optional<Instant> instant(JsonNode node, String field, List<String> errors) {
        var value = node.path(field);
        if (value.isTextual() && INSTANT.matcher(value.textValue()).matches()) {
            try {
                return Optional.of(Instant.parse(value.textValue()));
            } catch (DateTimeParseException e) {
                // 30 February and the like: told with the rest
            }
        }
        errors.add(field + " is not an instant such as 2026-11-22T08:00:00.000Z");
        return Optional.empty();
    }
}
