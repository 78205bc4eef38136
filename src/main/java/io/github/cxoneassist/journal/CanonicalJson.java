package io.github.cxoneassist.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** RFC 8785 text of an object: one value, one text. */
final class CanonicalJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CanonicalJson() {}

    static String of(Map<String, Object> object) {
        try {
            return new JsonCanonicalizer(JSON.writeValueAsString(object)).getEncodedString();
        } catch (IOException e) {
            throw new UncheckedIOException("values that JSON knows have a canonical form", e);
        }
    }
}
