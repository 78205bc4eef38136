package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.ledger.Waiting;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Puts {@code injected} on disk and only then lets the exchange go on to be sent, with the frame in
 * {@link PipelineProperties#FRAME_VARIABLE}. The row and the frame carry the same {@code injectedAt}.
 */
public final class JournalInjectedStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Waiting waiting = exchange.getProperty(PipelineProperties.WAITING, Waiting.class);
        AtomicReference<Instant> at = new AtomicReference<>();
        CompletionStage<JournalRow> written = runtime()
                .slots()
                .writeInjected(waiting, at)
                .whenComplete((row, failure) -> InDoubt.takeBack(runtime(), exchange, waiting, failure));
        return Continuation.after(written, runtime().executor(), exchange, callback, row -> {
            Instant injectedAt = at.get();
            exchange.setProperty(ResendSteps.INJECTED_AT, injectedAt);
            exchange.setProperty(
                    PipelineProperties.SOURCE_BODY, exchange.getMessage().getBody());
            exchange.setVariable(PipelineProperties.FRAME_VARIABLE, ResendSteps.frame(waiting, injectedAt));
        });
    }
}
