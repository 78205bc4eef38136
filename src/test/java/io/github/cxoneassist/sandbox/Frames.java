package io.github.cxoneassist.sandbox;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Suggestion frames as a good client would write them, and with one thing changed. */
final class Frames {

    private Frames() {}

    static String suggest(String interactionId, String id, Instant start, Instant end, Instant injectedAt) {
        return StrictJson.write(frame(interactionId, suggestion(id, start, end, injectedAt)));
    }

    /** In its window for a minute yet. */
    static String suggest(String interactionId, String id) {
        var now = Instant.now();
        return suggest(interactionId, id, now.minusSeconds(10), now.plusSeconds(60), now);
    }

    static Map<String, Object> frame(String interactionId, Map<String, ?> suggestion) {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", "agentassist.suggest");
        frame.put("interactionId", interactionId);
        frame.put("suggestion", suggestion);
        return frame;
    }

    static Map<String, Object> suggestion(String id, Instant start, Instant end, Instant injectedAt) {
        var suggestion = new LinkedHashMap<String, Object>();
        suggestion.put("id", id);
        suggestion.put("content", "Verify return policy eligibility before processing the refund");
        suggestion.put("priority", "HIGH");
        suggestion.put("relevanceScore", 0.85);
        suggestion.put("contextWindow", Map.of("start", start.toString(), "end", end.toString()));
        suggestion.put("injectedAt", injectedAt.toString());
        return suggestion;
    }
}
