package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.Code;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Puts {@code injected} on disk and only then lets the exchange go on to be sent, with the frame in
 * {@link PipelineProperties#FRAME_VARIABLE}. The row and the frame carry the same {@code injectedAt}. Where the slot was lost
 * meanwhile, there is an outcome instead of a frame.
 */
public final class JournalInjectedStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Waiting waiting = exchange.getProperty(PipelineProperties.WAITING, Waiting.class);
        AtomicReference<Instant> at = new AtomicReference<>();
        CompletionStage<Optional<Outcome>> onDisk = runtime()
                .slots()
                .writeInjected(waiting, at)
                .whenComplete((row, failure) -> InDoubt.takeBack(runtime(), exchange, waiting, failure))
                .thenCompose(row -> endedMeanwhile(waiting))
                .whenComplete((ended, failure) -> {
                    if (failure != null || ended.isPresent()) {
                        runtime().slots().arrived(waiting);
                    }
                });
        return Continuation.after(onDisk, runtime().executor(), exchange, callback, ended -> {
            ended.ifPresentOrElse(
                    outcome -> exchange.setProperty(PipelineProperties.OUTCOME, outcome),
                    () -> toFrame(exchange, waiting, at.get()));
        });
    }

    /** Whoever got its slot since is, or will be, at CXone: with this one, it would be one too many. */
    private CompletionStage<Optional<Outcome>> endedMeanwhile(Waiting waiting) {
        if (runtime().slots().isActive(waiting)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        if (runtime().slots().endedWithInteraction(waiting)) {
            return runtime()
                    .slots()
                    .rowOrder()
                    .ends(waiting.key().interactionId())
                    .thenApply(onDisk -> Optional.of(Outcome.interactionEnded(waiting)));
        }
        return CompletableFuture.completedStage(Optional.of(
                Outcome.refused(waiting.suggestion(), waiting.score(), Code.OUTSIDE_CONTEXT_WINDOW.wireName(), null)));
    }

    private void toFrame(Exchange exchange, Waiting waiting, Instant injectedAt) {
        exchange.setProperty(ResendSteps.INJECTED_AT, injectedAt);
        exchange.setProperty(
                PipelineProperties.SOURCE_BODY, exchange.getMessage().getBody());
        exchange.setVariable(PipelineProperties.FRAME_VARIABLE, ResendSteps.frame(waiting, injectedAt));
        // it may have to wait for the connection
        PipelineProperties.sendWhile(exchange, () -> runtime().slots().mayLeave(waiting));
    }
}
