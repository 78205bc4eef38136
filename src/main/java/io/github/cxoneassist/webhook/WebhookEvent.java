package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An agent's decision, as the journal has it.
 *
 * @param node whose journal it is; with {@code seq} it names the event for good
 * @param seq its place in that journal, ascending, with gaps
 * @param at when it was recorded
 * @param event {@code accepted} or {@code dismissed}
 * @param details the journal's details; the server's own fields stand in its object {@code fields}
 */
public record WebhookEvent(
        String node, long seq, Instant at, String event, String interactionId, String suggestionId, JsonNode details) {}
