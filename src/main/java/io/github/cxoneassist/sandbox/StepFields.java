package io.github.cxoneassist.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of one step; remembers which were asked for, so that one that nobody knows can be named. */
final class StepFields {

    private final ObjectNode step;
    private final TreeSet<String> known = new TreeSet<>();

    StepFields(ObjectNode step) {
        this.step = step;
    }

    String text(String field) {
        var value = value(field);
        require(value.isTextual(), field, "must be a text");
        return value.textValue();
    }

    String text(String field, String otherwise) {
        return value(field).isMissingNode() ? otherwise : text(field);
    }

    int number(String field) {
        var value = value(field);
        // a number as 2.0 is not one: canConvertToInt alone would take 2.5
        require(value.isIntegralNumber() && value.canConvertToInt(), field, "must be a whole number");
        return value.intValue();
    }

    int number(String field, int otherwise) {
        return value(field).isMissingNode() ? otherwise : number(field);
    }

    int times(int otherwise) {
        var value = value("times");
        if (value.isTextual() && value.textValue().equals("always")) {
            return FaultScript.ALWAYS;
        }
        require(value.isMissingNode() || value.isIntegralNumber(), "times", "must be a whole number, or \"always\"");
        return number("times", otherwise);
    }

    /** Null where it is not set. */
    Duration millis(String field) {
        return value(field).isMissingNode() ? null : millisNeeded(field);
    }

    Duration millisNeeded(String field) {
        return Duration.ofMillis(number(field));
    }

    Map<String, String> texts(String field) {
        var value = value(field);
        require(value.isMissingNode() || value.isObject(), field, "must be an object of texts");
        var texts = new LinkedHashMap<String, String>();
        value.fields().forEachRemaining(entry -> {
            require(entry.getValue().isTextual(), field + "." + entry.getKey(), "must be a text");
            texts.put(entry.getKey(), entry.getValue().textValue());
        });
        return texts;
    }

    /** @param otherwise null where it must be set */
    <T> T choice(String field, T otherwise, T[] choices, Function<T, String> spelling) {
        var value = value(field);
        if (value.isMissingNode() && otherwise != null) {
            return otherwise;
        }
        return Stream.of(choices)
                .filter(choice -> value.isTextual() && value.textValue().equals(spelling.apply(choice)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + ": must be one of "
                        + Stream.of(choices).map(spelling).collect(Collectors.joining(", "))));
    }

    void requireNoOthers() {
        step.fieldNames()
                .forEachRemaining(name -> require(known.contains(name), name, "is no field of it; it has " + known));
    }

    private JsonNode value(String field) {
        known.add(field);
        return step.path(field);
    }

    private static void require(boolean rule, String field, String message) {
        if (!rule) {
            throw new IllegalArgumentException(field + ": " + message);
        }
    }
}
