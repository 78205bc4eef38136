package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cxoneassist.sandbox.ManualAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks through the route and its HTTP client, beside subscribers that misbehave. */
class WebhookTest {

    @TempDir
    Path folder;

    private final ManualAgent agent = new ManualAgent();
    private HttpServer misbehaving;
    private RunningAssist assist;

    @AfterEach
    void stop() {
        assist.close();
        if (misbehaving != null) {
            misbehaving.stop(0);
        }
    }

    @Test
    void aDeadSubscriberNeverSlowsTheRest() throws Exception {
        try (WebhookServer alive = new WebhookServer()) {
            start("http://127.0.0.1:1/nobody-listens," + alive.url());

            for (int i = 0; i < 20; i++) {
                decide("dead-" + i);
            }

            await().until(() -> alive.bodies().size() == 20);
            assertThat(alive.refused()).isEmpty();
        }
    }

    @Test
    void aFailedTryIsRepeatedUnderTheSameIdAndSignedAnew() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        List<String> ids = new CopyOnWriteArrayList<>();
        List<String> signatures = new CopyOnWriteArrayList<>();
        serve(exchange -> {
            ids.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            signatures.add(exchange.getRequestHeaders().getFirst("webhook-signature"));
            answer(exchange, tries.incrementAndGet() < 3 ? 500 : 204);
        });
        start(url());

        decide("again");

        await().atMost(Duration.ofSeconds(20)).until(() -> tries.get() == 3);
        assertThat(ids).hasSize(3).allMatch(id -> id.matches("msg_main-[0-9a-f]{12}_[0-9]+"));
        assertThat(ids).containsOnly(ids.get(0));
        // seconds later, the signed timestamp is another; the second try may fall into the second of the first
        assertThat(signatures.get(0)).startsWith("v1,").isNotEqualTo(signatures.get(2));
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        try (WebhookServer elsewhere = new WebhookServer()) {
            AtomicInteger tries = new AtomicInteger();
            serve(exchange -> {
                tries.incrementAndGet();
                exchange.getResponseHeaders().add("Location", elsewhere.url());
                answer(exchange, 307);
            });
            start(url());

            decide("moved");

            await().until(() -> tries.get() >= 2);
            assertThat(elsewhere.bodies()).isEmpty();
            assertThat(elsewhere.refused()).isEmpty();
        }
    }

    @Test
    void metricsAndHealthTellHowEachSubscriberFares() throws Exception {
        serve(exchange -> answer(exchange, 404));
        try (WebhookServer alive = new WebhookServer()) {
            start("http://127.0.0.1:1/nobody-listens," + alive.url() + "," + url());
            for (int i = 0; i < 4; i++) {
                decide("seen-" + i);
            }

            // what is up shows its details in Camel's registry, not in the answer to a probe
            await().atMost(Duration.ofSeconds(30)).until(() -> HealthCheckHelper.invoke(assist.camelContext()).stream()
                    .filter(result -> result.getCheck().getId().equals("cxone-assist-webhooks"))
                    .anyMatch(result -> result.getDetails().toString().contains("left alone but for probes")));
            assertThat(assist.get("/observe/health").body())
                    .contains("cxone-assist-webhooks")
                    .doesNotContain("DOWN");
            await().untilAsserted(() -> {
                List<String> metrics = assist.get("/observe/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("cxone_assist_webhook"))
                        .map(line -> line.replaceAll("subscriber=\"[0-9a-f]{16}\"", "subscriber"))
                        .toList();
                assertThat(metrics)
                        .contains("cxone_assist_webhook_delivered_total{subscriber} 4.0")
                        .contains("cxone_assist_webhook_dead_total{subscriber} 4.0")
                        .anyMatch(line -> line.startsWith("cxone_assist_webhook_retried_total{subscriber} "))
                        .contains("cxone_assist_webhook_lag_events{subscriber} 0.0")
                        .anyMatch(line -> line.matches("cxone_assist_webhook_lag_events\\{subscriber} [1-9].*"))
                        .anyMatch(line -> line.startsWith("cxone_assist_webhook_lag_seconds{subscriber} "));
            });
            await().until(() -> assist.auditLines().contains("webhook_failed seen-0 given_up"));
        }
    }

    @Test
    void nothingIsDeliveredTwiceAfterARestart() throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            start(subscriber.url());
            decide("first");
            await().until(() -> subscriber.bodies().size() == 1);
            assist.close();

            start(subscriber.url());
            decide("second");

            await().until(() -> subscriber.bodies().size() == 2);
            assertThat(subscriber.bodies().get(1)).contains("\"suggestionId\":\"second\"");
        }
    }

    private void start(String urls) throws Exception {
        assist = RunningAssist.start(
                folder,
                agent,
                Map.of(
                        "cxone.webhook-urls",
                        urls,
                        "cxone.webhook-secret",
                        WebhookServer.SECRET,
                        "cxone.webhook.first-pause",
                        "1s"));
    }

    private void decide(String id) throws Exception {
        assertThat(assist.post(Suggestions.valid("call-" + id, id).toString()).statusCode())
                .isEqualTo(202);
        await().until(() -> assist.cxone().referee().suggestion(id).isPresent());
        agent.accept(id).toCompletionStage().toCompletableFuture().get();
    }

    private void serve(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        misbehaving = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        misbehaving.createContext("/", handler);
        misbehaving.start();
    }

    private String url() {
        return "http://127.0.0.1:" + misbehaving.getAddress().getPort() + "/kb";
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
