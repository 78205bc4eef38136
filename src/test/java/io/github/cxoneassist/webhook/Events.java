package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Instant;

/** Events and subscribers that tests need, in one place. */
final class Events {

    /** Of the bytes 00 to 17 hex. */
    static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    private Events() {}

    static WebhookEvent accepted(long seq) {
        return accepted(seq, "INTERACTION_12345");
    }

    static WebhookEvent accepted(long seq, String interactionId) {
        return new WebhookEvent(
                "node-1",
                seq,
                Instant.parse("2026-11-22T08:00:01.120Z"),
                "accepted",
                interactionId,
                "s-" + seq,
                JsonNodeFactory.instance.objectNode());
    }

    static Subscriber subscriber(String url) {
        return Subscriber.of("kb-" + Integer.toHexString(url.hashCode()), SubscriberRules.url(url, true), SECRET);
    }

    static Subscriber subscriber(String name, String url) {
        return Subscriber.of(name, new Target.Url(URI.create(url)), SECRET);
    }
}
