package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that happened, as the journal has it.
 *
 * @param node whose journal it is; with {@code seq} it names the event for good; null where it stands in none
 * @param seq its place in that journal, ascending, with gaps; 0 where it stands in none
 * @param at when it was recorded
 * @param event its wire name there, such as {@code accepted}
 * @param interactionId null where it belongs to none
 * @param suggestionId null where it belongs to none
 * @param reason null where the event explains itself
 * @param details the journal's details; the server's own fields stand in its object {@code fields}
 */
public record WebhookEvent(
        String node,
        long seq,
        Instant at,
        String event,
        String interactionId,
        String suggestionId,
        String reason,
        JsonNode details) {

    /** One that is told as it comes, and stands in no journal. */
    public static WebhookEvent unrecorded(
            Instant at, String event, String interactionId, String suggestionId, JsonNode details) {
        return new WebhookEvent(null, 0, at, event, interactionId, suggestionId, null, details);
    }

    boolean isRecorded() {
        return node != null;
    }

    /** One that explains itself, as decisions do. */
    public WebhookEvent(
            String node,
            long seq,
            Instant at,
            String event,
            String interactionId,
            String suggestionId,
            JsonNode details) {
        this(node, seq, at, event, interactionId, suggestionId, null, details);
    }
}
