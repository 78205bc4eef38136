package io.github.cxoneassist.component;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Suggestions as a route would carry them, in their window now. */
public final class SuggestionBodies {

    private SuggestionBodies() {}

    /** In an interaction of its own, so that no limit of one is met by chance. */
    public static ObjectNode suggestion(String id) {
        return suggestion("call-of-" + id, id);
    }

    public static ObjectNode suggestion(String interactionId, String id) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("interactionId", interactionId)
                .put("id", id)
                .put("content", "Offer a call back within the hour")
                .put("priority", "HIGH")
                .put("relevanceScore", 0.85);
        json.putObject("contextWindow")
                .put("start", now.minusSeconds(60).toString())
                .put("end", now.plusSeconds(300).toString());
        return json;
    }
}
