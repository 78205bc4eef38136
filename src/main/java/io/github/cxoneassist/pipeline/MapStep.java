package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.cxoneassist.suggestion.Code;
import io.github.cxoneassist.suggestion.SuggestionPolicy;
import io.github.cxoneassist.suggestion.SuggestionReader;
import io.github.cxoneassist.suggestion.SuggestionValidator;
import io.github.cxoneassist.suggestion.Validation;
import io.github.cxoneassist.suggestion.Violation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.util.TimeUtils;

/**
 * Turns foreign JSON into a suggestion. What cannot be turned into one is handed on as that, so that the sink refuses and
 * records it like anything else that is invalid: no source needs a way of its own for it.
 */
public final class MapStep extends ContextStep {

    private static final int MAX_NUMBER_LENGTH = 32;

    private String language = "jsonpath";
    private String interactionId;
    private String suggestionId;
    private String content;
    private String priority;
    private String relevanceScore;
    private String windowStart;
    private String windowEnd;
    private String source;
    private String defaultPriority;
    private String defaultRelevanceScore;
    private String defaultSource;
    private Duration windowLength = Duration.ofMinutes(5);

    private List<Target> targets;
    private Clock clock;

    /** {@code jsonpath} or {@code jq}. */
    public void setLanguage(String language) {
        this.language = language.strip().toLowerCase(Locale.ROOT);
    }

    /** Where the interaction is. */
    public void setInteractionId(String interactionId) {
        this.interactionId = interactionId;
    }

    /** Where the id is; blank: it is made of interaction and content. */
    public void setSuggestionId(String suggestionId) {
        this.suggestionId = suggestionId;
    }

    /** Where the text is. */
    public void setContent(String content) {
        this.content = content;
    }

    /** Where the priority is, in any case of letters. */
    public void setPriority(String priority) {
        this.priority = priority;
    }

    /** Where the score is, a number or a text that is one. */
    public void setRelevanceScore(String relevanceScore) {
        this.relevanceScore = relevanceScore;
    }

    /** Where the start of the context window is; now, where nothing is found. */
    public void setWindowStart(String windowStart) {
        this.windowStart = windowStart;
    }

    /** Where the end of the context window is. */
    public void setWindowEnd(String windowEnd) {
        this.windowEnd = windowEnd;
    }

    /** Where the name of the source is. */
    public void setSource(String source) {
        this.source = source;
    }

    /** The priority where none is found; blank: there has to be one. */
    public void setDefaultPriority(String defaultPriority) {
        this.defaultPriority = defaultPriority;
    }

    /** The score where none is found; blank: there has to be one. */
    public void setDefaultRelevanceScore(String defaultRelevanceScore) {
        this.defaultRelevanceScore = defaultRelevanceScore;
    }

    /** The name of the source where none is found. */
    public void setDefaultSource(String defaultSource) {
        this.defaultSource = defaultSource;
    }

    /** How long from now the context window lasts where no end of it is found, as Camel writes durations. */
    public void setWindowLength(String windowLength) {
        this.windowLength = Duration.ofMillis(TimeUtils.toMilliSeconds(windowLength.strip()));
    }

    @Override
    protected void doInit() {
        clock = clock();
        // the id follows from the two before it
        targets = List.of(
                target("interactionId", interactionId, null, MapStep::asText),
                target("content", content, null, MapStep::asText),
                target("priority", priority, defaultPriority, node -> upper(asText(node))),
                target("relevanceScore", relevanceScore, defaultRelevanceScore, MapStep::asNumber),
                target("source", source, defaultSource, MapStep::asText),
                target("contextWindow.start", windowStart, null, MapStep::asText),
                target("contextWindow.end", windowEnd, null, MapStep::asText),
                target("id", suggestionId, null, MapStep::asText));
    }

    private Target target(String field, String expression, String fallback, UnaryOperator<JsonNode> type) {
        boolean none = fallback == null || fallback.isBlank();
        JsonNode value = none ? MissingNode.getInstance() : type.apply(TextNode.valueOf(fallback.strip()));
        if (value == null) {
            throw new IllegalArgumentException("The default of " + field + " must be a number, not " + fallback);
        }
        return new Target(
                field, JsonField.of(getCamelContext(), language, expression).orElse(null), value, type);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            SuggestionReader.Item item = ValidateStep.read(exchange.getMessage());
            exchange.getMessage()
                    .setBody(item instanceof SuggestionReader.Parsed parsed ? suggestion(parsed.node()) : item);
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    /** The text of a suggestion, or what is invalid about it. */
    private Object suggestion(JsonNode foreign) {
        Instant now = clock.instant();
        List<Violation> violations = new ArrayList<>();
        ObjectNode suggestion = JsonNodeFactory.instance.objectNode();
        ObjectNode window = suggestion.putObject("contextWindow");
        for (Target target : targets) {
            JsonNode value = target.value(foreign, violations);
            if (!value.isMissingNode()) {
                boolean ofWindow = target.field.startsWith("contextWindow.");
                (ofWindow ? window : suggestion).set(target.field.replace("contextWindow.", ""), value);
            }
        }
        complete(suggestion, window, now);
        return violations.isEmpty() ? suggestion.toString() : invalid(suggestion, violations, now);
    }

    private void complete(ObjectNode suggestion, ObjectNode window, Instant now) {
        if (!window.has("start")) {
            window.put("start", now.toString());
        }
        if (!window.has("end")) {
            window.put("end", now.plus(windowLength).toString());
        }
        if (!suggestion.has("id") && suggestion.has("interactionId") && suggestion.has("content")) {
            suggestion.put(
                    "id",
                    ExactDigest.of(suggestion.get("interactionId").textValue() + "\n"
                            + suggestion.get("content").textValue()));
        }
    }

    /** With what is wrong in the fields that were found, so that all of it is told at once. */
    private static Validation.Invalid invalid(ObjectNode suggestion, List<Violation> found, Instant now) {
        Set<String> told = found.stream().map(Violation::field).collect(Collectors.toSet());
        // where it is a digest, what it is made of is missing
        told.add("id");
        if (!(new SuggestionValidator(SuggestionPolicy.DEFAULT).validate(suggestion, now)
                instanceof Validation.Invalid invalid)) {
            return Validation.Invalid.of(null, null, found);
        }
        List<Violation> all = new ArrayList<>(found);
        invalid.violations().stream()
                .filter(violation -> !told.contains(violation.field()))
                // by its own rules the sink would judge, and it has nothing to judge
                .filter(violation ->
                        violation.code() != Code.BELOW_THRESHOLD && violation.code() != Code.OUTSIDE_CONTEXT_WINDOW)
                .forEach(all::add);
        return Validation.Invalid.of(invalid.interactionId(), invalid.suggestionId(), all);
    }

    private static JsonNode asText(JsonNode node) {
        // many systems count their calls and articles
        return node.isIntegralNumber() ? TextNode.valueOf(node.asText()) : node.isTextual() ? node : null;
    }

    private static JsonNode upper(JsonNode text) {
        return text == null ? null : TextNode.valueOf(text.textValue().strip().toUpperCase(Locale.ROOT));
    }

    private static JsonNode asNumber(JsonNode node) {
        if (node.isNumber()) {
            return node;
        }
        if (!node.isTextual() || node.textValue().length() > MAX_NUMBER_LENGTH) {
            return null;
        }
        try {
            return DoubleNode.valueOf(Double.parseDouble(node.textValue().strip()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * A field of the suggestion.
     *
     * @param expression null where it is not looked for
     * @param type answers null for a node of another type
     */
    private record Target(String field, JsonField expression, JsonNode fallback, UnaryOperator<JsonNode> type) {

        private static final Set<String> OPTIONAL = Set.of("source", "contextWindow.start", "contextWindow.end");

        /** The value, or a missing node: then it is noted why, unless it may be missing. */
        JsonNode value(JsonNode foreign, List<Violation> violations) {
            if (expression == null) {
                return withoutExpression(violations);
            }
            JsonNode found;
            try {
                found = expression.in(foreign);
            } catch (RuntimeException e) {
                // not the message: it may repeat what came
                note(violations, Code.MISSING, "is missing: " + expression + " fails on what came");
                return MissingNode.getInstance();
            }
            if (found.isMissingNode()) {
                if (fallback.isMissingNode() && !OPTIONAL.contains(field)) {
                    note(violations, Code.MISSING, "is missing: " + expression + " finds nothing in what came");
                }
                return fallback;
            }
            JsonNode value = type.apply(found);
            if (value == null) {
                note(
                        violations,
                        Code.WRONG_TYPE,
                        "must be " + wanted() + ", but " + expression + " finds " + kind(found));
                return MissingNode.getInstance();
            }
            return value;
        }

        private JsonNode withoutExpression(List<Violation> violations) {
            if (fallback.isMissingNode() && !OPTIONAL.contains(field) && !field.equals("id")) {
                note(violations, Code.MISSING, "is missing: neither an expression nor a default is set for it");
            }
            return fallback;
        }

        private void note(List<Violation> violations, Code code, String message) {
            violations.add(new Violation(field, code, message));
        }

        private String wanted() {
            return field.equals("relevanceScore") ? "a number" : "a text";
        }

        private static String kind(JsonNode node) {
            return switch (node.getNodeType()) {
                case ARRAY -> "an array of " + node.size();
                case OBJECT -> "an object";
                case NUMBER -> "a number with a fraction";
                case BOOLEAN -> "true or false";
                case STRING -> "a text that is no number";
                default -> "something else";
            };
        }
    }
}
