package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.Delivery;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route to subscribers that are Camel endpoints, as it is shipped. */
class WebhookEndpointTest {

    @TempDir
    Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private WebhookRoute route;

    @BeforeEach
    void start() throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/kb-webhooks.camel.yaml"));
        context.start();
        route = new WebhookRoute(context);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aFileHasTheEventWhenItIsDelivered() throws Exception {
        CompletionStage<Answer> answer = post("file:" + folder + "?fileName=events.ndjson&fileExist=Append", "one");

        assertThat(answer.toCompletableFuture().get(10, TimeUnit.SECONDS).isSuccess())
                .isTrue();
        assertThat(folder.resolve("events.ndjson")).hasContent("one");
    }

    @Test
    void anEndpointThatFailsHasNotTakenTheEventAndWhyIsToldWithoutItsUri() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flaky").errorHandler(noErrorHandler()).process(exchange -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("no broker at secret:hush@host");
                    }
                });
            }
        });

        for (int i = 0; i < 2; i++) {
            ThrowableAssert.ThrowingCallable taken = () -> post("direct:flaky?failIfNoConsumers=true", "x")
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(taken)
                    .havingCause()
                    .withMessage("IllegalStateException");
        }
        assertThat(post("direct:flaky?failIfNoConsumers=true", "x")
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .isSuccess())
                .isTrue();
    }

    @Test
    void itsHeadersReachTheEndpoint() throws Exception {
        post("seda:queue", "x").toCompletableFuture().get(10, TimeUnit.SECONDS);

        var exchange = context.createConsumerTemplate().receive("seda:queue", 5_000);
        assertThat(exchange.getMessage().getHeader("webhook-id")).isEqualTo("msg_1");
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("x");
    }

    private CompletionStage<Answer> post(String uri, String body) {
        Subscriber subscriber = new Subscriber(
                "kb", new Target.Endpoint(uri), Subscriber.DECISIONS, List.of(), Map.of(), false, false, 1);
        return route.post(
                new Delivery(subscriber, Map.of("webhook-id", "msg_1"), body.getBytes(StandardCharsets.UTF_8)));
    }
}
