package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Ends an interaction: what waits of it is dropped, what is active gives up its slot, each with a row of its own. For a
 * message to the sink with the headers {@link PipelineProperties#END_INTERACTION_HEADER} and
 * {@link PipelineProperties#INTERACTION_ID_HEADER}. Ending it again does nothing.
 */
public final class EndInteractionStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        PipelineProperties.reset(exchange);
        String interactionId = exchange.getMessage().getHeader(PipelineProperties.INTERACTION_ID_HEADER, String.class);
        exchange.getMessage().removeHeader(PipelineProperties.END_INTERACTION_HEADER);
        if (interactionId == null || interactionId.isBlank()) {
            exchange.setException(new IllegalArgumentException("The header " + PipelineProperties.INTERACTION_ID_HEADER
                    + " has to name the interaction that is to end"));
            callback.done(true);
            return true;
        }
        List<Ended> ended = new ArrayList<>();
        CompletableFuture<?>[] rows = runtime().slots().rowOrder().inOrder(interactionId, () -> {
            ended.addAll(runtime().slots().endInteraction(interactionId));
            return ended.stream()
                    .map(one -> runtime().slots().journalEnd(one.key(), Entries.interactionEnded(one)))
                    .map(row -> row.toCompletableFuture())
                    .toArray(CompletableFuture[]::new);
        });
        return Continuation.after(CompletableFuture.allOf(rows), runtime().executor(), exchange, callback, done -> {
            ended.stream().filter(Ended::waited).findFirst().ifPresent(runtime().slots()::ended);
            exchange.setProperty(PipelineProperties.OUTCOME, Outcome.ended(interactionId));
        });
    }
}
