/**
 * Delivery of what the journal has to subscribers: payload, Standard Webhooks signature, one pump a subscriber.
 * May use {@code suggestion}, {@code http} and {@code tls}; no Camel. {@link io.github.cxoneassist.webhook.Transport} is handed in, as is
 * the {@link io.github.cxoneassist.webhook.EventFeed}. Vert.x and its HTTP client are used in one class only,
 * {@link io.github.cxoneassist.webhook.HttpSender}; what may be called is decided without it, by
 * {@code SubscriberUrl} and {@link io.github.cxoneassist.webhook.AddressRules}. The only SQL
 * is that of the deliveries and of the subscribers that operators add.
 *
 * <p>The log is the only queue: each subscriber has a cursor in it, and what is to be sent again or was given up refers to its
 * rows. Delivery is at least once and, for one subscriber and one interaction, in order; {@code webhook-id} stays the same over
 * retries, restarts and replays, so that a receiver can tell a repetition.
 */
package io.github.cxoneassist.webhook;
