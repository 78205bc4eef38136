package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Waiting;
import org.apache.camel.ProducerTemplate;

/**
 * The way into the hold queues. Each message is an exchange of its own: one that inherited the properties of another could
 * pass for what it is not. Thread-safe; returns when the message is in the aggregator, which takes no time.
 */
final class HoldLine {

    private final ProducerTemplate template;

    HoldLine(ProducerTemplate template) {
        this.template = template;
    }

    void offer(Waiting waiting, HoldRule rule) {
        send(new HoldMessage.Offer(waiting, rule));
        // a slot may have been freed since this one was refused, and the first of its group is not looked at when it
        // comes
        kick(waiting.suggestion().interactionId());
    }

    /** To be called after a slot was freed. */
    void kick(String interactionId) {
        send(new HoldMessage.Kick(interactionId));
    }

    private void send(HoldMessage message) {
        template.sendBody(HoldRoutes.HOLD, message);
    }
}
