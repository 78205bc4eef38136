package io.github.cxoneassist.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * RFC 8785 text of an object: one value, one text. Written from the values themselves: to write JSON first and have a library
 * parse and sort it was an eighth of what a suggestion costs. How a double is written, the one hard part, is the library's
 * business still.
 */
final class CanonicalJson {

    private CanonicalJson() {}

    /** @param object of String, Boolean, null, List, Map and the numbers that {@link ExactNumber} lets pass */
    static String of(Map<String, ?> object) {
        StringBuilder json = new StringBuilder(512);
        write(object, json);
        return json.toString();
    }

    /** Appends a value as {@link #of} takes them. */
    static void write(Object value, StringBuilder json) {
        if (value instanceof String text) {
            writeText(text, json);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map, json);
        } else if (value instanceof List<?> list) {
            writeArray(list, json);
        } else if (value instanceof Double number) {
            json.append(text(number));
        } else if (value == null || value instanceof Boolean || value instanceof Number) {
            json.append(value);
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
        }
    }

    private static void writeObject(Map<?, ?> object, StringBuilder json) {
        json.append('{');
        // String's order is by UTF-16 code units, which is what the RFC asks for
        Iterator<? extends Map.Entry<?, ?>> members =
                new TreeMap<>(object).entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<?, ?> member = members.next();
            writeText((String) member.getKey(), json);
            json.append(':');
            write(member.getValue(), json);
            if (members.hasNext()) {
                json.append(',');
            }
        }
        json.append('}');
    }

    private static void writeArray(List<?> array, StringBuilder json) {
        json.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            write(array.get(i), json);
        }
        json.append(']');
    }

    private static void writeText(String text, StringBuilder json) {
        json.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(text, written, i).append(escaped(c));
                written = i + 1;
            }
        }
        json.append(text, written, text.length()).append('"');
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default -> String.format("\\u%04x", (int) c);
        };
    }

    private static String text(double number) {
        try {
            return NumberToJSON.serializeNumber(number);
        } catch (IOException e) {
            throw new UncheckedIOException("a finite number has a canonical form", e);
        }
    }
}
