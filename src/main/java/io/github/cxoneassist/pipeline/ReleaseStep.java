package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * What left a hold queue goes its ways: those that got a slot are sent, each on its own, best first; those that had to make
 * room are on record as {@code superseded}.
 */
final class ReleaseStep extends AsyncProcessorSupport {

    private final AssistRuntime runtime;
    private final ReleaseLine line;

    ReleaseStep(AssistRuntime runtime, ReleaseLine line) {
        this.runtime = runtime;
        this.line = line;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        // what a time-out of the aggregator hands on is no release, and was discarded
        if (exchange.getMessage().getBody() instanceof HoldRelease release) {
            release.superseded().forEach(this::supersede);
            release.released().forEach(this::send);
        }
        callback.done(true);
        return true;
    }

    private void send(Waiting waiting) {
        RowOrder.Start row = runtime.slots().rowOrder().owed(waiting.key());
        // without waiting for it: one that CXone keeps waiting must not keep the others
        line.send(waiting, null)
                // whatever became of it: an end must not wait for a row that never comes
                .thenRun(() -> runtime.slots().rowOrder().settled(waiting.key(), row));
    }

    private void supersede(Waiting waiting) {
        SuggestionKey key = waiting.key();
        runtime.slots().rowOrder().inOrder(key.interactionId(), () -> {
            // else its window ended, or its interaction: that is on record already
            boolean superseded = runtime.ledger().supersede(key);
            if (superseded) {
                runtime.metrics().superseded();
                runtime.slots().journalEnd(key, Entries.superseded(waiting));
            }
            return superseded;
        });
    }
}
