package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Claim;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.suggestion.Suggestion;
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
        if (runtime.ledger().claim(claimed, suggestion.contextWindow().end()) == Claim.NEW) {
            return true;
        }
        // in this order: a claim that is given back between the two calls must not pass for a duplicate either
        if (!runtime.ledger().isConfirmed(claimed)) {
            throw DispatchFailedException.underWay(key);
        }
        return false;
    }

    @Override
    public boolean remove(String key) {
        return runtime.ledger().release(SuggestionKey.parse(key));
    }

    @Override
    public boolean confirm(String key) {
        runtime.ledger().confirm(SuggestionKey.parse(key));
        return true;
    }

    /** Only {@link #add(Exchange, String)} knows until when an id counts. */
    @Override
    public boolean add(String key) {
        throw new IllegalStateException("cxone-assist: the ledger needs the exchange, not the key alone: " + key);
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
