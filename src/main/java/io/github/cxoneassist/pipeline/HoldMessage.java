package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Waiting;

/** What goes into the aggregator; all of one interaction, one after the other. */
sealed interface HoldMessage {

    String interactionId();

    /** One more waits. */
    record Offer(Waiting waiting, HoldRule rule) implements HoldMessage {
        @Override
        public String interactionId() {
            return waiting.suggestion().interactionId();
        }
    }

    /** A slot may be free. */
    record Kick(String interactionId) implements HoldMessage {}
}
