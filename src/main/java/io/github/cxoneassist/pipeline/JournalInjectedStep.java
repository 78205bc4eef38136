package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Puts {@code injected} on disk and only then lets the exchange go on to be sent, with the frame in
 * {@link PipelineProperties#FRAME_VARIABLE}. The row and the frame carry the same {@code injectedAt}.
 */
public final class JournalInjectedStep extends Step {

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        Instant injectedAt = runtime().clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return Continuation.after(
                runtime().journal().append(Entries.injected(suggestion, injectedAt)),
                runtime().executor(),
                exchange,
                callback,
                row -> {
                    ObjectNode frame = suggestion.toJson();
                    frame.put("injectedAt", injectedAt.toString());
                    exchange.setProperty(
                            PipelineProperties.SOURCE_BODY,
                            exchange.getMessage().getBody());
                    exchange.setVariable(PipelineProperties.FRAME_VARIABLE, frame);
                });
    }
}
