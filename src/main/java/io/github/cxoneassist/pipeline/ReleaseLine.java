package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Waiting;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way out for what holds a slot and has no source behind it: each goes on its own. Thread-safe; waits for nobody. */
final class ReleaseLine {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseLine.class);

    private final CamelContext camelContext;
    private final ProducerTemplate template;

    ReleaseLine(CamelContext camelContext, ProducerTemplate template) {
        this.camelContext = camelContext;
        this.template = template;
    }

    /**
     * Sends it until somebody answers or its window ends.
     *
     * @param injectedAt when it was injected, where that is on disk already; else null
     * @return completes, and never with a failure, when it has left or is given up
     */
    CompletionStage<Void> send(Waiting waiting, Instant injectedAt) {
        CompletableFuture<Void> left = new CompletableFuture<>();
        template.asyncSend(HoldRoutes.RELEASE, exchange -> {
                    exchange.getMessage().setBody(waiting);
                    exchange.setProperty(ResendSteps.INJECTED_AT, injectedAt);
                    exchange.setProperty(ResendSteps.LEFT, left);
                })
                .whenComplete((exchange, failure) -> {
                    left.complete(null);
                    tellOf(waiting, failure == null ? exchange.getException() : failure);
                });
        return left;
    }

    /** What the route gives up, it says itself; whatever ends otherwise would be missed by nobody until its window ends. */
    private void tellOf(Waiting waiting, Throwable failure) {
        if (failure != null && !camelContext.isStopping()) {
            LOG.error(
                    "Suggestion {} holds a slot and is not sent any more; a restart would send it: {}",
                    waiting.key(),
                    failure.toString());
        }
    }
}
