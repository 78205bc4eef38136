/**
 * Delivery of what the journal has to subscribers: payload, Standard Webhooks signature, one pump a subscriber.
 * May use {@code suggestion}; no Camel and no HTTP client of its own: {@link io.github.cxoneassist.webhook.Transport}
 * is handed in, as is the {@link io.github.cxoneassist.webhook.EventFeed}. The only SQL is that of the cursors
 * and of the subscribers that operators add.
 *
 * <p>There is no queue: each subscriber has a cursor over the journal. Delivery is at least once and, for one
 * subscriber, in order; {@code webhook-id} stays the same over retries and restarts, so that a receiver can tell a
 * repetition.
 */
package io.github.cxoneassist.webhook;
