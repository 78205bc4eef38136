package io.github.cxoneassist.component;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Fails at first, and its exceptions quote what nobody may see. */
final class ProcessorThatThrows implements Processor {

    private final AtomicInteger failures;
    private final String indiscretion;
    private final boolean onTheExchange;
    private final Processor then;

    /** @param onTheExchange sets the exception instead of throwing it, as asynchronous processors do */
    ProcessorThatThrows(int failures, String indiscretion, boolean onTheExchange, Processor then) {
        this.failures = new AtomicInteger(failures);
        this.indiscretion = indiscretion;
        this.onTheExchange = onTheExchange;
        this.then = then;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (failures.getAndDecrement() <= 0) {
            then.process(exchange);
            return;
        }
        Exception e = new ExecutionException(
                indiscretion, new IllegalStateException(indiscretion, new java.net.ConnectException(indiscretion)));
        if (!onTheExchange) {
            throw e;
        }
        exchange.setException(e);
    }
}
