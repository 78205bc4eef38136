package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** Makes of an event what one try sends, signed now. */
final class Envelope {

    static final String INTERACTION = "interactionId";

    private final Subscriber subscriber;
    private final WebhookSigner signer;

    Envelope(Subscriber subscriber, Clock clock) {
        this.subscriber = subscriber;
        this.signer = subscriber.secrets().isEmpty()
                ? null
                : new WebhookSigner(subscriber.secrets().get(0), clock);
    }

    Delivery of(WebhookEvent event) {
        byte[] body = WebhookPayload.bytes(event);
        String id = WebhookPayload.id(event);
        Map<String, String> headers = new HashMap<>(subscriber.headers());
        headers.put("content-type", "application/json");
        headers.put("webhook-id", id);
        if (subscriber.target() instanceof Target.Endpoint && event.interactionId() != null) {
            // what a broker has to keep in order, such as the key of a Kafka record
            headers.put(INTERACTION, event.interactionId());
        }
        if (signer != null) {
            headers.putAll(signer.headers(id, body));
        }
        return new Delivery(subscriber, headers, body);
    }
}
