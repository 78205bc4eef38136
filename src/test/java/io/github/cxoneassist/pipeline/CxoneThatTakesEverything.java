package io.github.cxoneassist.pipeline;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands where the component stands, and every frame is sent at once: for what has to be fast, and is not about the wire. */
final class CxoneThatTakesEverything extends DefaultComponent {

    CxoneThatTakesEverything() {
        // what is generated for the real component takes this one for it
        setAutowiredEnabled(false);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultProducer(this) {
                    @Override
                    public void process(Exchange exchange) {
                        // sent
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                // it tells nothing
                return new DefaultConsumer(this, processor);
            }
        };
    }
}
