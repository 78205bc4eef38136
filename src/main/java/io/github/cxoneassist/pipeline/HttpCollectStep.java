package io.github.cxoneassist.pipeline;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Keeps the outcome of one suggestion of a request for the answer. */
public final class HttpCollectStep implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getProperty(HttpBatch.PROPERTY, HttpBatch.class)
                .add(exchange.getProperty(PipelineProperties.OUTCOME, Outcome.class));
    }
}
