package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What subscribers read. The same event gives the same id and the same bytes, on every try and after a restart; only a text
 * that was erased in between is missing from then on.
 *
 * <p>Of the details of a row goes out what is named here and nothing else: a later version may write into a row what is
 * nobody's business.
 */
final class WebhookPayload {

    static final String TYPE_PREFIX = "agentassist.";

    private static final int SCHEMA_VERSION = 1;
    private static final String CATEGORY = "analytics_sync";

    /** CXone's answers, whose own fields are kept. */
    private static final Set<String> OF_THE_SERVER = Set.of("accepted", "dismissed", "ack_received");

    /** Members of {@code data}, by the names that they have in the row; in the order in which they are written. */
    private static final Map<String, String> FACTS = linked(
            "source", "source",
            "priority", "priority",
            "relevanceScore", "rawScore",
            "adjustedScore", "adjustedScore",
            "agent", "agentId");

    /** Members of {@code data.details}, in the order in which they are written. */
    private static final String[] DETAILS = {
        "windowStart",
        "windowEnd",
        "injectedAt",
        "rule",
        "waited",
        "mayHaveLeft",
        "latencyMillis",
        "type",
        "session",
        "attempt"
    };

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
     * {@code msg_<node>_<seq>}; of an event that stands in no journal, a digest of what it is and of whom. What the node's name has beside letters, digits and hyphens becomes {@code _} and two
     * hex digits a byte: a dot would be taken for the border between id and timestamp in what is signed.
     */
    static String id(WebhookEvent event) {
        return event.isRecorded() ? id(event.node(), event.seq()) : "msg_" + digest(event);
    }

    /** CXone may tell a decision twice, and then it is one event all the same. */
    private static String digest(WebhookEvent event) {
        // lengths, so that no two events of different parts are alike
        String parts = Stream.of(event.event(), event.interactionId(), event.suggestionId())
                .map(String::valueOf)
                .map(part -> part.length() + ":" + part)
                .collect(Collectors.joining());
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
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
        return bytes(event, null);
    }

    /** @param text of the suggestion; null where the subscriber does not want it, or nobody has it */
    static byte[] bytes(WebhookEvent event, String text) {
        ObjectNode root = envelope(event.event(), event.at());
        ObjectNode data = (ObjectNode) root.get("data");
        if (event.isRecorded()) {
            data.put("sequence", event.seq());
        }
        putUnlessNull(data, "interactionId", event.interactionId());
        putUnlessNull(data, "suggestionId", event.suggestionId());
        putUnlessNull(data, "reason", event.reason());
        JsonNode row = event.details() == null ? MissingNode.getInstance() : event.details();
        FACTS.forEach((name, member) -> {
            if (row.path(name).isValueNode() && !row.path(name).isNull()) {
                data.set(member, row.get(name));
            }
        });
        putUnlessNull(data, "text", text);
        if (OF_THE_SERVER.contains(event.event())) {
            data.set(
                    "fields",
                    row.path("fields").isObject() ? row.get("fields") : JsonNodeFactory.instance.objectNode());
        }
        ObjectNode details = details(row);
        if (!details.isEmpty()) {
            data.set("details", details);
        }
        return bytes(root);
    }

    /** A test event, which stands in no journal. */
    static byte[] ping(Subscriber subscriber, Instant now) {
        ObjectNode root = envelope("ping", now);
        ((ObjectNode) root.get("data")).put("subscriber", subscriber.name());
        return bytes(root);
    }

    private static ObjectNode envelope(String event, Instant at) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("type", TYPE_PREFIX + event);
        root.put("timestamp", MILLIS.format(at));
        ObjectNode data = root.putObject("data");
        data.put("category", CATEGORY);
        data.put("schemaVersion", SCHEMA_VERSION);
        return root;
    }

    private static ObjectNode details(JsonNode row) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        for (String name : DETAILS) {
            if (row.path(name).isValueNode() && !row.path(name).isNull()) {
                details.set(name, row.get(name));
            }
        }
        if (row.path("violations").isArray()) {
            ArrayNode violations = details.putArray("violations");
            row.get("violations").forEach(violation -> violations
                    .addObject()
                    .put("field", violation.path("field").asText())
                    .put("code", violation.path("code").asText()));
        }
        return details;
    }

    private static byte[] bytes(ObjectNode root) {
        try {
            return WRITER.writeValueAsString(root).getBytes(StandardCharsets.US_ASCII);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "An event of type " + root.path("type") + " can't be written as JSON", e);
        }
    }

    private static void putUnlessNull(ObjectNode node, String name, String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static Map<String, String> linked(String... namesAndMembers) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMembers.length; i += 2) {
            map.put(namesAndMembers[i], namesAndMembers[i + 1]);
        }
        return map;
    }
}
