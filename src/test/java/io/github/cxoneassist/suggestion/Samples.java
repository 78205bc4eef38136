package io.github.cxoneassist.suggestion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** A suggestion that keeps every rule at {@link #NOW}, for tests to break in one place. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-22T08:01:00Z");

    private Samples() {}

    static Suggestion good() {
        return new Suggestion(
                "INTERACTION_12345",
                "s-1",
                "Verify return policy eligibility before processing the refund",
                Priority.HIGH,
                0.85,
                new ContextWindow(Instant.parse("2026-11-22T08:00:00Z"), Instant.parse("2026-11-22T08:05:00Z")),
                "kb");
    }

    static ObjectNode goodJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("interactionId", "INTERACTION_12345")
                .put("id", "s-1")
                .put("content", "Verify return policy eligibility before processing the refund")
                .put("priority", "HIGH")
                .put("relevanceScore", 0.85);
        json.putObject("contextWindow").put("start", "2026-11-22T08:00:00.000Z").put("end", "2026-11-22T08:05:00.000Z");
        return json.put("source", "kb");
    }
}
