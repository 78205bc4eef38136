package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.ledger.NotClaimedException;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.Code;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Lets a suggestion wait for a free slot of its interaction. It is on disk as {@code held} before its source is told so, and
 * before it waits: a restart finds it.
 */
public final class HoldStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Waiting waiting = exchange.getProperty(PipelineProperties.WAITING, Waiting.class);
        HoldRule rule = exchange.getProperty(PipelineProperties.HOLD_RULE, HoldRule.class);
        try {
            hold(waiting.key());
        } catch (NotClaimedException e) {
            // its window ended since it was validated
            exchange.setProperty(
                    PipelineProperties.OUTCOME,
                    Outcome.refused(
                            waiting.suggestion(), waiting.score(), Code.OUTSIDE_CONTEXT_WINDOW.wireName(), null));
            callback.done(true);
            return true;
        }
        CompletionStage<JournalRow> written = runtime()
                .slots()
                .rowOrder()
                .write(waiting.key(), () -> runtime().audit().append(Entries.held(waiting)))
                .whenComplete((row, failure) -> InDoubt.takeBack(runtime(), exchange, waiting, failure));
        return Continuation.after(written, runtime().executor(), exchange, callback, row -> {
            // before it is offered: whatever goes wrong with this exchange, it is promised and may be on its
            // way
            runtime().ledger().confirm(waiting.key());
            runtime().slots().offer(waiting, rule);
            exchange.setProperty(
                    PipelineProperties.OUTCOME,
                    Outcome.held(
                            waiting, runtime().slots().freeSlots(waiting.key().interactionId(), rule)));
        });
    }

    private void hold(SuggestionKey key) {
        runtime().slots().rowOrder().inOrder(key.interactionId(), () -> {
            boolean waits = runtime().ledger().hold(key);
            runtime().slots().rowOrder().takes(key);
            return waits;
        });
    }
}
