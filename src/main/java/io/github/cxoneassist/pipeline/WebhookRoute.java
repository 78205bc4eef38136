package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.Delivery;
import io.github.cxoneassist.webhook.DeliveryException;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Delivers to subscribers that are Camel endpoints, through the route that consumes {@value #ENDPOINT}: one exchange a try, no
 * thread held while it is under way. An endpoint that took it without an error has it.
 */
final class WebhookRoute implements Transport {

    static final String ENDPOINT = "direct:cxone-assist-kb-webhooks";

    /** The exchange variable with the URI of the subscriber's endpoint. */
    static final String TARGET = "cxoneWebhookEndpoint";

    private static final Answer TAKEN = Answer.of(200);

    private final CamelContext camelContext;
    private final ProducerTemplate template;

    WebhookRoute(CamelContext camelContext) {
        this.camelContext = camelContext;
        this.template = camelContext.createProducerTemplate();
    }

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        if (camelContext.isStopping()) {
            // the route may be gone, and its endpoint would wait for it
            return CompletableFuture.failedStage(new DeliveryException("the application stops"));
        }
        return template.asyncSend(ENDPOINT, exchange -> {
                    exchange.getMessage().setBody(delivery.body());
                    delivery.headers().forEach(exchange.getMessage()::setHeader);
                    exchange.setVariable(
                            TARGET, ((Target.Endpoint) delivery.subscriber().target()).uri());
                })
                .thenApply(WebhookRoute::answer);
    }

    private static Answer answer(Exchange exchange) {
        if (exchange.getException() != null) {
            // not its message, which may hold the whole URI
            throw new DeliveryException(exchange.getException().getClass().getSimpleName());
        }
        return TAKEN;
    }
}
