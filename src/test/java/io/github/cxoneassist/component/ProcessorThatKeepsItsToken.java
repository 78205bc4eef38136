package io.github.cxoneassist.component;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Has a cache that does not hear of a refusal. */
final class ProcessorThatKeepsItsToken implements Processor {

    final AtomicInteger calls = new AtomicInteger();
    private final String token;

    ProcessorThatKeepsItsToken(String token) {
        this.token = token;
    }

    @Override
    public void process(Exchange exchange) {
        calls.incrementAndGet();
        exchange.getMessage().setHeader("Authorization", "Bearer " + token);
    }
}
