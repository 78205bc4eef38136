package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.Origin;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The ledger as Camel's {@code idempotentConsumer} sees it. {@code add} claims an id, {@code confirm} settles it,
 * {@code remove} (called when the block failed) gives it back. Starting and stopping it with one route has no effect on
 * the ledger, which all routes share.
 */
public final class LedgerRepository extends ServiceSupport implements IdempotentRepository, CamelContextAware {

    private CamelContext camelContext;
    private AssistRuntime runtime;

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    protected void doInit() {
        runtime = AssistRuntime.of(camelContext);
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public boolean add(Exchange exchange, String key) {
        Suggestion suggestion = exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class);
        SuggestionKey claimed = SuggestionKey.parse(key);
        ContentRule content = exchange.getProperty(PipelineProperties.CONTENT_RULE, ContentRule.OFF, ContentRule.class);
        switch (runtime.ledger()
                .claim(claimed, suggestion.contextWindow().end(), origin(exchange, suggestion), content)) {
            case NEW -> {
                return true;
            }
            case DUPLICATE -> {
                // in this order: a claim that is given back between the two calls must not pass for a duplicate either
                if (!runtime.ledger().isConfirmed(claimed)) {
                    throw DispatchFailedException.underWay(key);
                }
            }
            case DUPLICATE_CONTENT -> refuse(exchange, suggestion, Outcome.DUPLICATE_CONTENT);
            case COOLING_DOWN -> refuse(exchange, suggestion, Outcome.COOLING_DOWN);
        }
        return false;
    }

    private static Origin origin(Exchange exchange, Suggestion suggestion) {
        return new Origin(
                suggestion.source(),
                suggestion.priority(),
                suggestion.relevanceScore(),
                exchange.getProperty(PipelineProperties.SCORE, Double.class));
    }

    /** To Camel it is a duplicate like any other; the outcome says which. */
    private static void refuse(Exchange exchange, Suggestion suggestion, String reason) {
        exchange.setProperty(
                PipelineProperties.OUTCOME,
                Outcome.refused(
                        suggestion, exchange.getProperty(PipelineProperties.SCORE, Double.class), reason, null));
    }

    /**
     * Of this exchange alone: its window may have ended while it was sent, and its id may be another one's by now. Where a row has
     * yet to say that it was not sent, the slot is free only behind it: a restart would else find one active too many.
     */
    @Override
    public boolean remove(Exchange exchange, String key) {
        SuggestionKey released = SuggestionKey.parse(key);
        Instant until = windowEnd(exchange);
        CompletionStage<?> owed = exchange.getProperty(PipelineProperties.OWED_ROW, CompletionStage.class);
        if (owed == null) {
            return release(released, until);
        }
        owed.thenRunAsync(() -> release(released, until), runtime.executor());
        return true;
    }

    private boolean release(SuggestionKey key, Instant until) {
        boolean gone = runtime.ledger().release(key, until);
        runtime.slots().slotFreed(key.interactionId());
        return gone;
    }

    /**
     * As {@link #remove(Exchange, String)}. One that was refused in the block has given its claim back there, and what is found
     * under its id by now is the claim of another.
     */
    @Override
    public boolean confirm(Exchange exchange, String key) {
        Outcome outcome = exchange.getProperty(PipelineProperties.OUTCOME, Outcome.class);
        if (outcome != null && outcome.status() == Outcome.Status.REFUSED) {
            return false;
        }
        runtime.ledger().confirm(SuggestionKey.parse(key), windowEnd(exchange));
        return true;
    }

    private static Instant windowEnd(Exchange exchange) {
        return exchange.getProperty(PipelineProperties.SUGGESTION, Suggestion.class)
                .contextWindow()
                .end();
    }

    /** Only {@link #remove(Exchange, String)} knows whose claim it is. */
    @Override
    public boolean remove(String key) {
        throw needsTheExchange(key);
    }

    /** As {@link #remove(String)}. */
    @Override
    public boolean confirm(String key) {
        throw needsTheExchange(key);
    }

    /** Only {@link #add(Exchange, String)} knows until when an id counts. */
    @Override
    public boolean add(String key) {
        throw needsTheExchange(key);
    }

    private static IllegalStateException needsTheExchange(String key) {
        return new IllegalStateException("cxone-assist: the ledger needs the exchange, not the key alone: " + key);
    }

    /** The pipeline claims before it works ({@code eager}), so nobody has to ask first. */
    @Override
    public boolean contains(String key) {
        return false;
    }

    /** The ledger empties itself as context windows end. */
    @Override
    public void clear() {}
}
