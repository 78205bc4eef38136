package io.github.cxoneassist.suggestion;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the fields of one input and collects what is wrong with them. Each method answers the value, or null after it
 * has noted why there is none. The type of a node is looked at before its value: Jackson would turn {@code "0.9"} into a
 * number and {@code 5} into a text.
 */
final class FieldChecks {

    private final List<Violation> violations = new ArrayList<>();

    List<Violation> violations() {
        return violations;
    }

    /** Whether no field is wrong in itself, so that there is a value for each that has to be there. */
    boolean areAllOfRules() {
        return violations.stream().allMatch(violation -> violation.code().scope() == Code.Scope.RULE);
    }

    void note(String path, Code code, String message) {
        note(new Violation(path, code, message));
    }

    void note(Violation violation) {
        violations.add(violation);
    }

    /** A name or key: one line. */
    String key(String path, JsonNode node, int maxLength) {
        String text = text(path, node);
        return text != null && isClean(path, text, maxLength, false) ? text : null;
    }

    /** A text for people: lines are allowed, markup is not. */
    String prose(String path, JsonNode node, int maxLength) {
        String text = text(path, node);
        if (text == null) {
            return null;
        }
        boolean clean = isClean(path, text, maxLength, true);
        if (TextRules.holdsMarkup(text)) {
            note(path, Code.MARKUP, "must be plain text, but holds HTML markup ('<' and a letter, '/', '!' or '?')");
            return null;
        }
        return clean ? text : null;
    }

    Priority priority(String path, JsonNode node) {
        String text = text(path, node);
        if (text == null) {
            return null;
        }
        Optional<Priority> priority = Priority.named(text);
        if (priority.isEmpty()) {
            note(path, Code.UNKNOWN_PRIORITY, "must be one of CRITICAL, HIGH, MEDIUM, LOW, in capitals");
        }
        return priority.orElse(null);
    }

    Double score(String path, JsonNode node) {
        if (isAbsent(path, node)) {
            return null;
        }
        if (!node.isNumber()) {
            return wrongType(path, "a number in [0, 1]", node);
        }
        double score = node.doubleValue();
        if (!Double.isFinite(score)) {
            note(path, Code.NOT_FINITE, "must be a finite number in [0, 1]");
            return null;
        }
        if (!(score >= 0 && score <= 1)) {
            note(path, Code.OUT_OF_RANGE, "must be in [0, 1], but is " + score);
            return null;
        }
        return score;
    }

    Instant instant(String path, JsonNode node) {
        String text = text(path, node);
        if (text == null) {
            return null;
        }
        Optional<Instant> instant = Timestamps.parse(text);
        if (instant.isEmpty()) {
            note(path, Code.NOT_AN_INSTANT, "must be " + Timestamps.EXPECTED + ", with seconds and 'Z' or an offset");
        }
        return instant.orElse(null);
    }

    /** The node, if it is an object. */
    JsonNode object(String path, JsonNode node) {
        if (isAbsent(path, node)) {
            return null;
        }
        return node.isObject() ? node : wrongType(path, "an object", node);
    }

    static boolean isNothing(JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode();
    }

    private String text(String path, JsonNode node) {
        if (isAbsent(path, node)) {
            return null;
        }
        return node.isTextual() ? node.textValue() : wrongType(path, "a text", node);
    }

    private boolean isAbsent(String path, JsonNode node) {
        boolean absent = isNothing(node);
        if (absent) {
            note(path, Code.MISSING, "is required, but absent or null");
        }
        return absent;
    }

    private <T> T wrongType(String path, String expected, JsonNode node) {
        String found = node.getNodeType().name().toLowerCase(Locale.ROOT);
        note(path, Code.WRONG_TYPE, "must be " + expected + ", but is of type " + found);
        return null;
    }

    private boolean isClean(String path, String text, int maxLength, boolean linesAllowed) {
        int before = violations.size();
        if (TextRules.isBlank(text)) {
            note(path, Code.BLANK, "must hold visible characters");
        } else if (!TextRules.isSafe(text, linesAllowed)) {
            note(
                    path,
                    Code.UNSAFE_CHARACTERS,
                    "must not hold control characters" + (linesAllowed ? " other than \\n and \\t" : "")
                            + ", bidirectional overrides or isolates, or unpaired surrogates");
        }
        int length = TextRules.length(text);
        if (length > maxLength) {
            note(path, Code.TOO_LONG, "must have at most " + maxLength + " characters, but has " + length);
        }
        return violations.size() == before;
    }
}
