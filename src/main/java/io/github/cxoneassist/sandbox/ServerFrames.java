package io.github.cxoneassist.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server says. */
final class ServerFrames {

    static final String ACK = "agentassist.ack";
    static final String ACCEPTED = "agentassist.accepted";
    static final String DISMISSED = "agentassist.dismissed";
    static final String AUTH_SUCCESS = StrictJson.write(Map.of("type", "auth.success"));

    private static final String AGENT = "agent-7";

    private ServerFrames() {}

    static String authFailure(String message) {
        return frame("auth.failure", Map.of("message", message));
    }

    static String ack(
            String interactionId, String suggestionId, Instant now, boolean sentTimestamp, Map<String, ?> more) {
        var fields = about(interactionId, suggestionId);
        if (sentTimestamp) {
            fields.put("sentTimestamp", now.toEpochMilli());
        }
        fields.putAll(more);
        return frame(ACK, fields);
    }

    static String outcome(String type, String interactionId, String suggestionId, Instant now, Map<String, ?> more) {
        var fields = about(interactionId, suggestionId);
        fields.put("agentId", AGENT);
        fields.put("timestamp", now.toString());
        fields.putAll(more);
        return frame(type, fields);
    }

    private static Map<String, Object> about(String interactionId, String suggestionId) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("interactionId", interactionId);
        fields.put("suggestionId", suggestionId);
        return fields;
    }

    private static String frame(String type, Map<String, ?> fields) {
        var all = new LinkedHashMap<String, Object>();
        all.put("type", type);
        all.putAll(fields);
        return StrictJson.write(all);
    }
}
