package io.github.cxoneassist.webhook;

/**
 * One event on its way to one subscriber.
 *
 * @param parked its row among those that are sent again; null where it comes from behind the cursor
 */
record Errand(WebhookEvent event, ParkedRow parked) {

    static Errand fromLog(WebhookEvent event) {
        return new Errand(event, null);
    }

    long seq() {
        return event.seq();
    }

    /** What has to be told in order: the interaction, or all that belongs to none. */
    String lane() {
        return event.interactionId() == null ? "" : event.interactionId();
    }

    boolean isRetry() {
        return parked != null;
    }

    int tries() {
        return parked == null ? 0 : parked.tries();
    }
}
