package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.HoldPolicy;
import io.github.cxoneassist.ledger.NotClaimedException;
import io.github.cxoneassist.ledger.Reservation;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.Code;
import io.github.cxoneassist.suggestion.Suggestion;
import java.util.Locale;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Takes a slot of the interaction. Where none is free, or others wait already, the suggestion is to wait, or is refused with
 * {@code buffer_full} and its id given back.
 */
public final class ReserveStep extends Step {

    private static final String REJECT = "reject";

    private String session = "main";
    private int bufferLimit = HoldRule.DEFAULT.slots();
    private int holdLimit = HoldRule.DEFAULT.capacity();
    private String fullPolicy = "hold";
    private boolean keepSlotForCritical;
    private HoldRule rule = HoldRule.DEFAULT;

    /** The session that it is sent on, when it is its turn. */
    public void setSession(String session) {
        this.session = session;
    }

    /** How many suggestions of one interaction may be active at once. */
    public void setBufferLimit(int bufferLimit) {
        this.bufferLimit = bufferLimit;
    }

    /** How many of one interaction may wait. */
    public void setHoldLimit(int holdLimit) {
        this.holdLimit = holdLimit;
    }

    /** {@code hold}, {@code replace} or {@code reject}: what becomes of a suggestion when no slot is free. */
    public void setFullPolicy(String fullPolicy) {
        this.fullPolicy = fullPolicy.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether the last free slot is kept for {@code CRITICAL} suggestions. */
    public void setKeepSlotForCritical(boolean keepSlotForCritical) {
        this.keepSlotForCritical = keepSlotForCritical;
    }

    @Override
    protected void doBuild() {
        boolean reject = fullPolicy.equals(REJECT);
        rule = new HoldRule(bufferLimit, keepSlotForCritical, reject ? 0 : holdLimit, policy());
    }

    private HoldPolicy policy() {
        return switch (fullPolicy) {
            case "hold", REJECT -> HoldPolicy.HOLD;
            case "replace" -> HoldPolicy.REPLACE;
            default ->
                throw new IllegalArgumentException("fullPolicy must be hold, replace or reject, not " + fullPolicy);
        };
    }

    @Override
    protected void doStart() {
        runtime().holdRule(session, rule);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        double score = exchange.getProperty(PipelineProperties.SCORE, Double.class);
        exchange.setProperty(
                PipelineProperties.WAITING,
                new Waiting(
                        suggestion,
                        score,
                        runtime().clock().instant(),
                        session,
                        exchange.getProperty(PipelineProperties.CONTENT_RULE, ContentRule.OFF, ContentRule.class),
                        exchange.getProperty(PipelineProperties.CONFIG, String.class)));
        try {
            reserve(exchange, suggestion);
        } catch (NotClaimedException e) {
            // its window ended since it was validated
            exchange.setProperty(
                    PipelineProperties.OUTCOME,
                    Outcome.refused(suggestion, Code.OUTSIDE_CONTEXT_WINDOW.wireName(), null));
        }
        callback.done(true);
        return true;
    }

    private void reserve(Exchange exchange, Suggestion suggestion) {
        SuggestionKey key = SuggestionKey.of(suggestion);
        Reservation reservation = runtime().reserve(key, rule.slotsFor(suggestion.priority()));
        if (reservation.granted()) {
            exchange.setProperty(PipelineProperties.FREE_SLOTS, reservation.freeSlots());
            return;
        }
        if (rule.holds()) {
            exchange.setProperty(PipelineProperties.HOLD_RULE, rule);
            return;
        }
        // a refused suggestion leaves nothing behind: its id may be offered again
        runtime().ledger().release(key);
        exchange.setProperty(PipelineProperties.OUTCOME, Outcome.refused(suggestion, Outcome.BUFFER_FULL, 0));
    }
}
