package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.Delivery;
import io.github.cxoneassist.webhook.DeliveryException;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.Transport;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Delivers through the route that consumes {@value #ENDPOINT}: one exchange a try, no thread held while it is under way. */
final class WebhookRoute implements Transport {

    static final String ENDPOINT = "direct:cxone-assist-kb-webhooks";

    /** The exchange variable with the URI of a subscriber that is a Camel endpoint. */
    static final String TARGET = "cxoneWebhookEndpoint";

    private static final int TAKEN = 200;

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
                    if (delivery.subscriber().target() instanceof Target.Url target) {
                        exchange.getMessage()
                                .setHeader(Exchange.HTTP_URI, target.url().toString());
                    } else if (delivery.subscriber().target() instanceof Target.Endpoint target) {
                        exchange.setVariable(TARGET, target.uri());
                    }
                })
                .thenApply(WebhookRoute::answer);
    }

    /** An endpoint that took it without an error has it. */
    private static Answer answer(Exchange exchange) {
        if (exchange.getException() != null) {
            // not its message, which may hold the whole URI
            throw new DeliveryException(exchange.getException().getClass().getSimpleName());
        }
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        boolean http = exchange.getVariable(TARGET) == null;
        return new Answer(
                http && status != null ? status : TAKEN,
                Optional.ofNullable(http ? exchange.getMessage().getHeader("Retry-After", String.class) : null),
                "");
    }
}
