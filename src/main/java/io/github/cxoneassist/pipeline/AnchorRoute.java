package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.Checkpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/**
 * Hands checkpoints to what keeps them outside of the database: {@value #ENDPOINT} gets one as a line of JSON, and where it
 * is to go in the variable {@value #ANCHOR_VARIABLE}. What the route takes without an error is kept.
 */
final class AnchorRoute {

    static final String ENDPOINT = "direct:cxone-assist-anchor";

    static final String ANCHOR_VARIABLE = "cxoneAssistAnchor";

    private final CamelContext camelContext;
    private final String uri;
    private final ProducerTemplate template;

    /** @param uri of the endpoint that keeps them; null where only a route of the application's own may know one */
    AnchorRoute(CamelContext camelContext, String uri) {
        this.camelContext = camelContext;
        this.uri = uri;
        this.template = camelContext.createProducerTemplate();
    }

    /** As for the audit log: an application without a route of its own gets one. */
    void addDefaultRoute() throws Exception {
        Startup.whenFullyStarted(camelContext, () -> {
            if (uri != null && !exists()) {
                camelContext.addRoutes(defaultRoute());
            }
        });
    }

    private static RouteBuilder defaultRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(ENDPOINT)
                        .routeId("cxone-assist-anchor")
                        .errorHandler(noErrorHandler())
                        .toD("${variable." + ANCHOR_VARIABLE + "}");
            }
        };
    }

    /** Whether there is anywhere to send a checkpoint to. */
    boolean exists() {
        return Routes.consume(camelContext, ENDPOINT);
    }

    /** Returns when the anchor has it; else throws. */
    void send(Checkpoint checkpoint) throws Exception {
        Exchange answer = template.request(ENDPOINT + "?block=false", exchange -> {
            exchange.getMessage().setBody(checkpoint.toJson());
            exchange.setVariable(ANCHOR_VARIABLE, uri);
        });
        if (answer.getException() != null) {
            throw answer.getException();
        }
    }
}
