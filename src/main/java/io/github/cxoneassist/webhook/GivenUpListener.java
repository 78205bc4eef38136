package io.github.cxoneassist.webhook;

/** Told when an event's last try failed. */
@FunctionalInterface
public interface GivenUpListener {

    /**
     * Called on the executor before the cursor moves on, once unless the process ends in between; may block, which
     * holds up this subscriber alone.
     *
     * @param failure of the last try, without anything secret
     */
    void onGivenUp(Subscriber subscriber, WebhookEvent event, int tries, String failure);
}
