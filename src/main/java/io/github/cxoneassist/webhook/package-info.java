/**
 * Delivery of agents' decisions to subscribers: payload, Standard Webhooks signature, one pump a subscriber.
 * May use {@code suggestion}; no Camel, no HTTP client and no SQL of its own: those are handed in.
 */
package io.github.cxoneassist.webhook;
