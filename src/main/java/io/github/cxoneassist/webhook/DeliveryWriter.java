package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Makes of an event what one try sends to one subscriber: the bytes, the same each time, and their signature, of now. Thread-safe. */
public final class DeliveryWriter {

    /** What a broker has to keep in order, such as the key of a Kafka record. */
    static final String INTERACTION = "interactionId";

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

    /**
     * May block, where the text is asked for.
     *
     * @throws DeliveryStoreException where the text can't be read now, which says nothing of the event
     */
    public Delivery write(WebhookEvent event) {
        String text = subscriber.withText() ? text(event) : null;
        Map<String, String> headers = new HashMap<>(subscriber.headers());
        if (subscriber.target() instanceof Target.Endpoint && event.interactionId() != null) {
            headers.put(INTERACTION, event.interactionId());
        }
        return signed(headers, WebhookPayload.id(event), WebhookPayload.bytes(event, text));
    }

    private String text(WebhookEvent event) {
        try {
            return texts.text(event).orElse(null);
        } catch (RuntimeException e) {
            throw new DeliveryStoreException("Can't read the text of event " + event.seq(), e);
        }
    }

    Delivery signed(String id, byte[] body) {
        return signed(new HashMap<>(subscriber.headers()), id, body);
    }

    private Delivery signed(Map<String, String> headers, String id, byte[] body) {
        headers.putAll(signer.headers(id, body));
        headers.put("content-type", "application/json");
        return new Delivery(subscriber, Map.copyOf(headers), body);
    }
}
