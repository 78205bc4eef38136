package io.github.cxoneassist.suggestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cxoneassist.suggestion.SuggestionReader.Item;
import io.github.cxoneassist.suggestion.SuggestionReader.Parsed;
import io.github.cxoneassist.suggestion.SuggestionReader.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What the tests of the two readers have in common. */
final class ReaderSupport {

    private ReaderSupport() {}

    /** All items as short texts: {@code 1 {"a":1}} for what was parsed, {@code 2 malformed} for what was not. */
    static List<String> summary(SuggestionReader reader) {
        return all(reader).stream().map(ReaderSupport::summary).toList();
    }

    static List<Item> all(SuggestionReader reader) {
        try (reader) {
            List<Item> items = new ArrayList<>();
            reader.forEachRemaining(items::add);
            return items;
        }
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** The text in UTF-8, with a byte that is in no UTF-8 text in the place of each {@code ~}. */
    static byte[] withBrokenBytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte b : text.getBytes(UTF_8)) {
            bytes.write(b == '~' ? 0xFF : b);
        }
        return bytes.toByteArray();
    }

    private static String summary(Item item) {
        if (item instanceof Parsed parsed) {
            return parsed.position() + " " + parsed.node();
        }
        return item.position() + " " + ((Unreadable) item).code().wireName();
    }
}
