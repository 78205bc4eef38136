package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.NotClaimedException;
import io.github.cxoneassist.ledger.Reservation;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.suggestion.Code;
import io.github.cxoneassist.suggestion.Suggestion;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Takes a slot of the interaction, or refuses with {@code buffer_full} and gives the id back. */
public final class ReserveStep extends Step {

    private int bufferLimit = 5;

    /** How many suggestions of one interaction may be active at once. */
    public void setBufferLimit(int bufferLimit) {
        if (bufferLimit < 1) {
            throw new IllegalArgumentException("bufferLimit must be 1 or more, not " + bufferLimit);
        }
        this.bufferLimit = bufferLimit;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        SuggestionKey key = new SuggestionKey(suggestion.interactionId(), suggestion.id());
        try {
            reserve(exchange, suggestion, key);
        } catch (NotClaimedException e) {
            // its window ended since it was validated
            exchange.setProperty(
                    PipelineProperties.OUTCOME,
                    Outcome.refused(suggestion, Code.OUTSIDE_CONTEXT_WINDOW.wireName(), null));
        }
        callback.done(true);
        return true;
    }

    private void reserve(Exchange exchange, Suggestion suggestion, SuggestionKey key) {
        Reservation reservation = runtime().ledger().reserve(key, bufferLimit);
        if (reservation.granted()) {
            exchange.setProperty(PipelineProperties.FREE_SLOTS, reservation.freeSlots());
        } else {
            // a refused suggestion leaves nothing behind: its id may be offered again
            runtime().ledger().release(key);
            exchange.setProperty(PipelineProperties.OUTCOME, Outcome.refused(suggestion, Outcome.BUFFER_FULL, 0));
        }
    }
}
