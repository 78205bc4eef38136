/**
 * Delivery of agents' decisions to subscribers: payload, Standard Webhooks signature, one pump a subscriber.
 * May use {@code suggestion}; no Camel and no HTTP client of its own: {@link io.github.cxoneassist.webhook.Transport}
 * is handed in, as is the {@link io.github.cxoneassist.webhook.EventFeed}. The only SQL is that of the deliveries.
 *
 * <p>The log is the only queue: each subscriber has a cursor in it, and what is to be sent again or was given up refers to its
 * rows. Delivery is at least once and, for one subscriber and one interaction, in order; {@code webhook-id} stays the same over
 * retries, restarts and replays, so that a receiver can tell a repetition.
 */
package io.github.cxoneassist.webhook;
