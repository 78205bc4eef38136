package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.Delivery;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.Transport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Delivers through the route that consumes {@value #ENDPOINT}: one exchange a try, no thread held while it is under way. */
final class WebhookRoute implements Transport {

    static final String ENDPOINT = "direct:cxone-assist-kb-webhooks";

    private final ProducerTemplate template;

    WebhookRoute(CamelContext camelContext) {
        this.template = camelContext.createProducerTemplate();
    }

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        CompletableFuture<Exchange> answer = template.asyncSend(ENDPOINT, exchange -> {
            exchange.getMessage().setBody(delivery.body());
            delivery.headers().forEach(exchange.getMessage()::setHeader);
            exchange.getMessage()
                    .setHeader(
                            Exchange.HTTP_URI,
                            ((Target.Url) delivery.subscriber().target()).url().toString());
        });
        return answer.thenApply(WebhookRoute::read);
    }

    private static Answer read(Exchange exchange) {
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException().getMessage(), exchange.getException());
        }
        return Answer.of(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class));
    }
}
