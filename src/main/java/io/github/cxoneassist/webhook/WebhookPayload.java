package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** What subscribers read. The same event gives the same id and the same bytes, on every try and after a restart. */
final class WebhookPayload {

    private static final int SCHEMA_VERSION = 1;

    /**
     * ASCII only: a receiver that reads the body in another charset before it verifies still finds the bytes that were
     * signed, and half a surrogate pair, which JSON may hold and UTF-8 may not, does not break the delivery.
     */
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writer();

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private WebhookPayload() {}

    /**
     * {@code msg_<node>_<seq>}. What the node's name has beside letters, digits and hyphens becomes {@code _} and two
     * hex digits a byte: a dot would be taken for the border between id and timestamp in what is signed.
     */
    static String id(WebhookEvent event) {
        return id(event.node(), event.seq());
    }

    static String id(String log, long seq) {
        StringBuilder id = new StringBuilder("msg_");
        for (byte b : log.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
            id.append(plain ? String.valueOf(c) : String.format("_%02X", (int) c));
        }
        return id.append('_').append(seq).toString();
    }

    static byte[] bytes(WebhookEvent event) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("type", "analytics_sync");
        root.put("timestamp", timestamp(event.at()));
        ObjectNode data = root.putObject("data");
        data.put("event", "agentassist." + event.event());
        data.put("outcome", event.event());
        data.put("interactionId", event.interactionId());
        data.put("suggestionId", event.suggestionId());
        data.put("sequence", event.seq());
        data.put("schemaVersion", SCHEMA_VERSION);
        data.set("fields", fields(event.details()));
        try {
            return WRITER.writeValueAsString(root).getBytes(StandardCharsets.US_ASCII);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Event " + event.seq() + " can't be written as JSON", e);
        }
    }

    private static JsonNode fields(JsonNode details) {
        JsonNode fields = details == null ? null : details.get("fields");
        return fields != null && fields.isObject() ? fields : JsonNodeFactory.instance.objectNode();
    }

    private static String timestamp(Instant at) {
        return MILLIS.format(at);
    }
}
