package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.session.SessionUnavailableException.Fate;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a suggestion that is sent without a source behind it: it waited, or it was cut off, or a restart found it. The
 * body that comes in is {@link Waiting}; it holds a slot.
 */
final class ResendSteps {

    /** Exchange property: the name of the session to send on. */
    static final String SESSION = "cxoneAssistSession";
    /** Exchange property: when it was injected, where that is on disk already. */
    static final String INJECTED_AT = "cxoneAssistInjectedAt";

    /** Exchange property: to be completed when nobody needs to wait for this one any more. */
    static final String LEFT = "cxoneAssistLeft";

    private static final String WAITING = "cxoneAssistWaiting";
    private static final Logger LOG = LoggerFactory.getLogger(ResendSteps.class);

    private final AssistRuntime runtime;

    ResendSteps(AssistRuntime runtime) {
        this.runtime = runtime;
    }

    /** On disk before the frame leaves. */
    AsyncProcessor journal() {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Waiting waiting = exchange.getMessage().getBody(Waiting.class);
                exchange.setProperty(WAITING, waiting);
                exchange.setProperty(SESSION, waiting.session());
                Instant known = exchange.getProperty(INJECTED_AT, Instant.class);
                if (known != null) {
                    try {
                        toFrame(exchange, waiting, known);
                    } catch (EndedMeanwhileException e) {
                        exchange.setException(e);
                    }
                    callback.done(true);
                    return true;
                }
                if (!owesItsRow(waiting.key())) {
                    exchange.setException(new EndedMeanwhileException());
                    callback.done(true);
                    return true;
                }
                AtomicReference<Instant> at = new AtomicReference<>();
                CompletionStage<JournalRow> written = runtime.slots().writeInjected(waiting, at);
                return Continuation.after(written, runtime.executor(), exchange, callback, row -> {
                    Instant injectedAt = at.get();
                    exchange.setProperty(INJECTED_AT, injectedAt);
                    toFrame(exchange, waiting, injectedAt);
                });
            }
        };
    }

    /**
     * Whoever gave it its slot made it owe its row; where that could not be written, it owes it again, unless it has ended: an
     * end that is on record already must not have the row behind it.
     */
    private boolean owesItsRow(SuggestionKey key) {
        return runtime.slots().rowOrder().inOrder(key.interactionId(), () -> {
            if (runtime.slots().rowOrder().owed(key) != null) {
                return true;
            }
            boolean active = runtime.ledger().isUnanswered(key);
            if (active) {
                runtime.slots().rowOrder().takes(key);
            }
            return active;
        });
    }

    /** It may have been decided on, have run out, or its interaction may have ended while its row was on the way to disk. */
    private void toFrame(Exchange exchange, Waiting waiting, Instant injectedAt) {
        if (!runtime.ledger().isUnanswered(waiting.key())) {
            throw new EndedMeanwhileException();
        }
        exchange.getMessage().setBody(frame(waiting, injectedAt));
        // it may have to wait for the connection
        PipelineProperties.sendWhile(
                exchange,
                () -> runtime.ledger().isUnanswered(waiting.key())
                        && runtime.slots().mayLeave(waiting));
    }

    private static final class EndedMeanwhileException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private EndedMeanwhileException() {
            super("it ended, or was answered, meanwhile");
        }
    }

    static ObjectNode frame(Waiting waiting, Instant injectedAt) {
        ObjectNode frame = waiting.suggestion().toJson();
        frame.put("relevanceScore", waiting.score());
        frame.put("injectedAt", injectedAt.toString());
        return frame;
    }

    /** While its slot is held and nobody at CXone has seen it; after its window, the id may be another one's. */
    boolean makesSense(Exchange exchange) {
        Waiting waiting = waiting(exchange);
        if (DispatchFailedStep.fate(exchange.getException()) == Fate.UNACKNOWLEDGED) {
            // it left, and a desktop may stay silent to the end of its window
            exchange.getProperty(LEFT, CompletableFuture.class).complete(null);
        }
        return !runtime.camelContext().isStopping()
                && !waiting.suggestion()
                        .contextWindow()
                        .end()
                        .isBefore(runtime.clock().instant())
                && runtime.ledger().isUnanswered(waiting.key());
    }

    void givenUp(Exchange exchange) {
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        // where the window ended, the ledger says so; after a restart, the journal brings it back
        runtime.slots().arrived(waiting(exchange));
        LOG.info("Suggestion {} is not sent any more: {}", waiting(exchange).key(), cause.getMessage());
    }

    void sent(Exchange exchange) {
        runtime.slots().arrived(waiting(exchange));
        runtime.metrics().released();
    }

    private static Waiting waiting(Exchange exchange) {
        Waiting waiting = exchange.getProperty(WAITING, Waiting.class);
        return waiting == null ? exchange.getMessage().getBody(Waiting.class) : waiting;
    }
}
