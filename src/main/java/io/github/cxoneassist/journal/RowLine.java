package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;

/**
 * A row as one line of JSON. The line is, byte for byte, the row's leaf in the tree of its checkpoint; without the member
 * {@code hash} it is what the hash is over.
 */
public final class RowLine {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RowLine() {}

    public static String of(JournalRow row) {
        return CanonicalRow.leaf(row);
    }

    /** @throws DamagedRowException where the line is not exactly what {@link #of} writes */
    public static JournalRow parse(String line) {
        String node = null;
        long seq = 0;
        try {
            JsonNode json = JSON.readTree(line);
            node = json.path("node").textValue();
            seq = json.path("seq").longValue();
            JournalRow row = new JournalRow(
                    node,
                    seq,
                    JournalRow.parseAt(json.path("at").asText()),
                    json.path("event").textValue(),
                    json.path("interactionId").textValue(),
                    json.path("suggestionId").textValue(),
                    json.path("reason").textValue(),
                    json.path("details").textValue(),
                    json.path("prevHash").textValue(),
                    json.path("hash").textValue(),
                    json.path("keyId").textValue());
            if (of(row).equals(line)) {
                return row;
            }
        } catch (JsonProcessingException | DateTimeException e) {
            // its own message quotes what it read
        }
        throw new DamagedRowException(node, seq, new IllegalArgumentException("its line is not as it was written"));
    }
}
