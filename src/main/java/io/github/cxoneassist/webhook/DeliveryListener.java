package io.github.cxoneassist.webhook;

import java.util.List;

/** Told what becomes of events, on the executor of the webhooks; may block, which holds up this subscriber alone. */
public interface DeliveryListener {

    default void delivered(Subscriber subscriber) {}

    /** A try failed that is going to be repeated. */
    default void retried(Subscriber subscriber) {}

    /**
     * Told once that is written, so not where the process ends in between.
     *
     * @param failure of the last try, without anything secret
     */
    default void dead(Subscriber subscriber, WebhookEvent event, int tries, String failure) {}

    /** How all subscribers fare, every few seconds. */
    default void looked(List<SubscriberStatus> statuses) {}
}
