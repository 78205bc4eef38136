package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.Delivery;
import io.github.cxoneassist.webhook.DeliveryException;
import io.github.cxoneassist.webhook.Target;
import io.github.cxoneassist.webhook.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * Delivers to subscribers that are Camel endpoints, through the route that consumes {@value #ENDPOINT}: one exchange a try. An
 * endpoint that took it without an error has it. Each subscriber has threads of its own, which an endpoint that blocks may
 * hold: as many as it may have events under way, and made only when they are needed.
 */
final class WebhookRoute implements Transport {

    static final String ENDPOINT = "direct:cxone-assist-kb-webhooks";

    /** The exchange variable with the URI of the subscriber's endpoint. */
    static final String TARGET = "cxoneWebhookEndpoint";

    /** As long as a URL may take; the pump waits longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Answer TAKEN = Answer.of(200);

    private final CamelContext camelContext;
    private final ProducerTemplate template;
    private final Duration patience;

    /** By subscriber. Only settings name endpoints, so there are never more than at the start. */
    private final Map<String, EndpointCalls> calls = new ConcurrentHashMap<>();

    WebhookRoute(CamelContext camelContext) {
        this(camelContext, PATIENCE);
    }

    /** @param patience after which a call is given up, though it can't be ended */
    WebhookRoute(CamelContext camelContext, Duration patience) {
        this.camelContext = camelContext;
        this.patience = patience;
        this.template = camelContext.createProducerTemplate();
        // on the thread that asks: a pool that all share, one endpoint that blocks could fill
        this.template.setThreadedAsyncMode(false);
    }

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        if (camelContext.isStopping()) {
            // the route may be gone, and its endpoint would wait for it
            return CompletableFuture.failedStage(new DeliveryException("the application stops"));
        }
        int parallel = delivery.subscriber().parallel();
        return calls.computeIfAbsent(
                        delivery.subscriber().name(), name -> new EndpointCalls(parallel, threads(name, parallel)))
                .call(delivery.headers().get("webhook-id"), () -> send(delivery))
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Answer> send(Delivery delivery) {
        return template.asyncSend(ENDPOINT, exchange -> {
                    exchange.getMessage().setBody(delivery.body());
                    delivery.headers().forEach(exchange.getMessage()::setHeader);
                    exchange.setVariable(
                            TARGET, ((Target.Endpoint) delivery.subscriber().target()).uri());
                })
                .thenApply(WebhookRoute::answer);
    }

    private ExecutorService threads(String subscriber, int most) {
        return camelContext
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "cxone-assist-webhook-" + subscriber,
                        new ThreadPoolProfileBuilder("cxone-assist-webhook-" + subscriber)
                                .poolSize(most)
                                .maxPoolSize(most)
                                .maxQueueSize(most)
                                .keepAliveTime(60L)
                                .allowCoreThreadTimeOut(true)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }

    private static Answer answer(Exchange exchange) {
        if (exchange.getException() != null) {
            // not its message, which may hold the whole URI
            throw new DeliveryException(exchange.getException().getClass().getSimpleName());
        }
        return TAKEN;
    }
}
