package io.github.cxoneassist.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/**
 * A suggestion as it goes over the wire. Knows the shape, none of the rules: whoever makes one has validated it.
 *
 * @param relevanceScore finite, because JSON has no word for anything else
 */
public record SuggestFrame(
        String interactionId,
        String id,
        String content,
        String priority,
        double relevanceScore,
        Instant start,
        Instant end,
        Instant injectedAt) {

    private static final DateTimeFormatter MILLIS_AND_Z = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public SuggestFrame {
        Objects.requireNonNull(interactionId, "interactionId");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(end, "end");
        Objects.requireNonNull(injectedAt, "injectedAt");
        if (!Double.isFinite(relevanceScore)) {
            throw new IllegalArgumentException("relevanceScore must be a finite number, not " + relevanceScore);
        }
    }

    String toJson() {
        ObjectNode frame = JsonNodeFactory.instance.objectNode();
        frame.put("type", "agentassist.suggest").put("interactionId", interactionId);
        ObjectNode suggestion = frame.putObject("suggestion");
        suggestion
                .put("id", id)
                .put("content", content)
                .put("priority", priority)
                .put("relevanceScore", relevanceScore);
        suggestion
                .putObject("contextWindow")
                .put("start", MILLIS_AND_Z.format(start))
                .put("end", MILLIS_AND_Z.format(end));
        suggestion.put("injectedAt", MILLIS_AND_Z.format(injectedAt));
        return frame.toString();
    }

    /** Without the content: what an agent is told about a customer belongs in no log. */
    @Override
    public String toString() {
        return "SuggestFrame[interactionId=" + interactionId + ", id=" + id + ", priority=" + priority + "]";
    }
}
