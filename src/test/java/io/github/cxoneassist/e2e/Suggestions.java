package io.github.cxoneassist.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Suggestions as a source would write them, in their window now. */
final class Suggestions {

    private Suggestions() {}

    static ObjectNode valid(String interactionId, String id) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("interactionId", interactionId)
                .put("id", id)
                .put("content", "Offer a call back within the hour")
                .put("priority", "HIGH")
                .put("relevanceScore", 0.85)
                .put("source", "knowledge-base");
        json.putObject("contextWindow")
                .put("start", now.minusSeconds(60).toString())
                .put("end", now.plusSeconds(300).toString());
        return json;
    }
}
