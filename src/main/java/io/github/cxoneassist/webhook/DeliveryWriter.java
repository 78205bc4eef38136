package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Makes of an event what one try sends to one subscriber: the bytes, the same each time, and their signature, of now. Thread-safe. */
public final class DeliveryWriter {

    private final Subscriber subscriber;
    private final TextSource texts;
    private final WebhookSigner signer;

    /**
     * @param texts asked only where the subscriber wants them
     * @throws IllegalArgumentException where a secret of the subscriber is none
     */
    public DeliveryWriter(Subscriber subscriber, TextSource texts, Clock clock) {
        this.subscriber = Objects.requireNonNull(subscriber, "subscriber");
        this.texts = Objects.requireNonNull(texts, "texts");
        this.signer = new WebhookSigner(subscriber.secrets(), clock);
    }

    /** May block, where the text is asked for. */
    public Delivery write(WebhookEvent event) {
        String text = subscriber.withText() ? texts.text(event).orElse(null) : null;
        return signed(WebhookPayload.id(event), WebhookPayload.bytes(event, text));
    }

    Delivery signed(String id, byte[] body) {
        Map<String, String> headers = new HashMap<>(subscriber.headers());
        headers.putAll(signer.headers(id, body));
        headers.put("content-type", "application/json");
        return new Delivery(subscriber, Map.copyOf(headers), body);
    }
}
