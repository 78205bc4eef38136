package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.NotClaimedException;
import io.github.cxoneassist.ledger.Reservation;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.Code;
import io.github.cxoneassist.suggestion.Suggestion;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Takes a slot of the interaction. Where none is free, or others wait already, the suggestion is to wait, or is refused with
 * {@code buffer_full} and its id given back.
 */
public final class ReserveStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        double score = exchange.getProperty(PipelineProperties.SCORE, Double.class);
        SinkRules rules = exchange.getProperty(PipelineProperties.RULES, SinkRules.class);
        exchange.setProperty(
                PipelineProperties.WAITING,
                new Waiting(
                        suggestion,
                        score,
                        runtime().clock().instant(),
                        rules.session(),
                        exchange.getProperty(PipelineProperties.CONTENT_RULE, ContentRule.class),
                        exchange.getProperty(PipelineProperties.CONFIG, String.class)));
        try {
            reserve(exchange, suggestion, score, rules.hold());
        } catch (NotClaimedException e) {
            // its window ended since it was validated
            exchange.setProperty(
                    PipelineProperties.OUTCOME,
                    Outcome.refused(suggestion, score, Code.OUTSIDE_CONTEXT_WINDOW.wireName(), null));
        }
        callback.done(true);
        return true;
    }

    private void reserve(Exchange exchange, Suggestion suggestion, double score, HoldRule rule) {
        SuggestionKey key = SuggestionKey.of(suggestion);
        Reservation reservation = runtime().slots().reserve(key, rule.slotsFor(suggestion.priority()));
        // of all slots: one that is kept for others is free too
        int free = runtime().slots().freeSlots(key.interactionId(), rule);
        if (reservation.granted()) {
            exchange.setProperty(PipelineProperties.FREE_SLOTS, free);
            return;
        }
        if (rule.holds()) {
            exchange.setProperty(PipelineProperties.HOLD_RULE, rule);
            return;
        }
        // a refused suggestion leaves nothing behind: its id may be offered again
        runtime().ledger().release(key);
        exchange.setProperty(PipelineProperties.OUTCOME, Outcome.refused(suggestion, score, Outcome.BUFFER_FULL, free));
    }
}
