package io.github.cxoneassist.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deep immutable copies of JSON-able values, in which every number is one that RFC 8785 can write. */
final class Details {
    /** Far more than anybody writes by hand; far less than what would end in a StackOverflowError. */
    private static final int MAX_DEPTH = 64;

    private Details() {}

    static Map<String, Object> copyOf(Map<String, ?> details) {
        return copyOfMap(details, 0);
    }

    private static Object copyOf(Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            return value;
        } else if (value instanceof String text) {
            return StorableText.of(text);
        } else if (value instanceof Number number) {
            return ExactNumber.of(number);
        } else if (value instanceof JsonNode node) {
            return copyOfNode(node, depth);
        } else if (value instanceof Map<?, ?> map) {
            return copyOfMap(map, depth);
        } else if (value instanceof List<?> list) {
            return copyOfList(list, depth);
        }
        throw new IllegalArgumentException("details hold JSON values only, not a "
                + value.getClass().getName() + ": turn it into text, a number, a list or a map first");
    }

    private static Object copyOfNode(JsonNode node, int depth) {
        if (node.isContainerNode() && depth >= MAX_DEPTH) {
            // it came over the wire: what a peer sends must not make recording impossible
            return StorableText.of(node.toString());
        } else if (node instanceof ObjectNode object) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
            return copyOfMap(members, depth);
        } else if (node instanceof ArrayNode array) {
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(elements::add);
            return copyOfList(elements, depth);
        } else if (node.isNumber()) {
            return ExactNumber.of(node.numberValue());
        } else if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() || node.isMissingNode() ? null : StorableText.of(node.asText());
    }

    private static Map<String, Object> copyOfMap(Map<?, ?> map, int depth) {
        refuseTooDeep(depth);
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("the names in details are text, not " + name);
            }
            copy.put(StorableText.of(text), copyOf(value, depth + 1));
        });
        return Collections.unmodifiableMap(copy);
    }

    private static List<Object> copyOfList(List<?> list, int depth) {
        refuseTooDeep(depth);
        List<Object> copy = new ArrayList<>(list.size());
        list.forEach(value -> copy.add(copyOf(value, depth + 1)));
        return Collections.unmodifiableList(copy);
    }

    private static void refuseTooDeep(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("details are nested deeper than " + MAX_DEPTH + " levels");
        }
    }
}
