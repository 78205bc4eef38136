package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Waiting;
import org.apache.camel.ProducerTemplate;

/**
 * The way into the hold queues. Each message is an exchange of its own: one that inherited the properties of another could
 * pass for what it is not. Thread-safe; returns when the message is in the aggregator, which takes no time.
 */
final class HoldLine {

    private final ProducerTemplate template;
    private final RestoredQueues restored;

    HoldLine(ProducerTemplate template, RestoredQueues restored) {
        this.template = template;
        this.restored = restored;
    }

    void offer(Waiting waiting, HoldRule rule) {
        begin(waiting.suggestion().interactionId());
        send(new HoldMessage.Offer(waiting, rule));
        // a slot may have been freed since this one was refused, and the first of its group is not looked at when it
        // comes
        send(new HoldMessage.Kick(waiting.suggestion().interactionId()));
    }

    /** To be called after a slot was freed. */
    void kick(String interactionId) {
        if (!begin(interactionId)) {
            send(new HoldMessage.Kick(interactionId));
        }
    }

    /**
     * What waited before a restart goes first: nobody else's message begins its queue, and the slots that are free are given
     * before anybody is added who might supersede one.
     *
     * @return whether there was something to begin with
     */
    private boolean begin(String interactionId) {
        boolean begins = restored.has(interactionId);
        if (begins) {
            send(new HoldMessage.Kick(interactionId));
            send(new HoldMessage.Kick(interactionId));
        }
        return begins;
    }

    private void send(HoldMessage message) {
        template.sendBody(HoldRoutes.HOLD, message);
    }
}
