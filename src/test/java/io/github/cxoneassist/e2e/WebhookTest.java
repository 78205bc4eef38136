package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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
            start("http://127.0.0.1:1/nobody-listens", alive.url());

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
    void whoeverAsksForTheTextGetsItUntilItIsErased() throws Exception {
        try (WebhookServer subscriber = new WebhookServer();
                WebhookServer without = new WebhookServer()) {
            Map<String, String> settings = WebhookServer.settings(subscriber.url(), without.url());
            settings.put("cxone.webhook.subscribers.kb-0.with-text", "true");
            assist = RunningAssist.start(folder, agent, settings);
            offer("kept");
            offer("erased");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + assist.database());
                    Statement statement = connection.createStatement()) {
                statement.execute("DELETE FROM suggestion_text WHERE interaction_id = 'call-erased'");
            }

            for (String id : List.of("kept", "erased")) {
                agent.accept(id).toCompletionStage().toCompletableFuture().get();
            }

            await().until(() ->
                    subscriber.bodies().size() == 2 && without.bodies().size() == 2);
            String text = "\"text\":\""
                    + Suggestions.valid("call", "kept").path("content").asText() + "\"";
            // two interactions, told in parallel
            assertThat(subscriber.bodies())
                    .anyMatch(body -> body.contains("\"suggestionId\":\"kept\"") && body.contains(text))
                    .anyMatch(body -> body.contains("\"suggestionId\":\"erased\"") && !body.contains("\"text\""));
            assertThat(without.bodies()).noneMatch(body -> body.contains("\"text\""));
        }
    }

    @Test
    void aTextThatCxoneEchoesReachesNeitherSubscribersNorTheAuditLog() throws Exception {
        String text = Suggestions.valid("call", "echoed").path("content").asText();
        Map<String, Object> echo = Map.of(
                "content",
                text,
                "suggestion",
                Map.of("id", "echoed", "content", text),
                "echo",
                List.of(Map.of("suggestion", Map.of("content", text), "usedFor", "a refund")));
        try (WebhookServer subscriber = new WebhookServer()) {
            Map<String, String> settings = WebhookServer.settings(subscriber.url());
            settings.put("cxone.webhook.subscribers.kb-0.events", "accepted,ack_received");
            assist = RunningAssist.start(folder, agent, settings);
            offer("echoed");

            agent.ack("call-echoed", "echoed", echo)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            agent.accept("call-echoed", "echoed", echo)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();

            await().until(() -> subscriber.bodies().size() == 2);
            assertThat(subscriber.bodies())
                    .noneMatch(body -> body.contains(text))
                    .allMatch(body -> body.contains("\"echo\":[{\"usedFor\":\"a refund\"}]"));
            assertThat(assist.audit()).noneMatch(row -> row.details().toString().contains(text));
        }
    }

    @Test
    void aSecretWhoseTimeIsOverIsGoneAfterAStart() throws Exception {
        start();
        assist.close();
        try (HikariDataSource database =
                JournalDatabase.open(new DatabaseSettings("jdbc:sqlite:" + assist.database(), null, null))) {
            JdbcSubscribers stored = new JdbcSubscribers(database, Subscriber.DECISIONS, Clock.systemUTC());
            stored.add(
                    Subscriber.of("crm", SubscriberRules.url("https://crm.example.com/", true), WebhookServer.SECRET));
            stored.rotate("crm", WebhookServer.SECRET, WebhookServer.SECRET, Optional.of(Instant.EPOCH));
        }

        start();

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + assist.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT old_secret, old_until FROM webhook_subscriber")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isNull();
            assertThat(row.getString(2)).isNull();
        }
    }

    @Test
    void aSubscriberOfTheDatabaseIsToldAsOneOfTheSettingsIs() throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            start();
            assist.close();
            try (HikariDataSource database =
                    JournalDatabase.open(new DatabaseSettings("jdbc:sqlite:" + assist.database(), null, null))) {
                new JdbcSubscribers(database, Subscriber.DECISIONS, Clock.systemUTC())
                        .add(Subscriber.of("crm", SubscriberRules.url(subscriber.url(), true), WebhookServer.SECRET));
            }
            start();

            decide("stored");

            await().until(() -> subscriber.bodies().size() == 1);
            assertThat(subscriber.refused()).isEmpty();
        }
    }

    @Test
    void metricsAndHealthTellHowEachSubscriberFares() throws Exception {
        serve(exchange -> answer(exchange, 404));
        try (WebhookServer alive = new WebhookServer()) {
            start("http://127.0.0.1:1/nobody-listens?token=hush", alive.url(), url());
            for (int i = 0; i < 4; i++) {
                decide("seen-" + i);
            }

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode details = webhookHealth("?data=true").path("data");
                assertThat(details.path("subscriber.kb-0").asText())
                        .startsWith("left alone but for probes: no connection to 127.0.0.1:1");
                assertThat(details.path("subscribers").asInt()).isEqualTo(3);
                assertThat(details.toString()).doesNotContain("hush", "subscriber.kb-1");
                JsonNode brief = webhookHealth("");
                assertThat(brief.path("status").asText()).isEqualTo("UP");
                assertThat(brief.path("message").asText()).isEqualTo("behind, left alone or disabled: kb-0");
                assertThat(brief.has("data")).isFalse();
            });
            await().untilAsserted(() -> {
                List<String> metrics = assist.get("/observe/metrics")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("cxone_assist_webhook"))
                        .map(line -> line.replaceAll("subscriber=\"kb-[0-9]\"", "subscriber"))
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

    private JsonNode webhookHealth(String query) throws Exception {
        for (JsonNode check : new ObjectMapper()
                .readTree(assist.get("/observe/health" + query).body())
                .path("checks")) {
            if (check.path("name").asText().equals("cxone-assist-webhooks")) {
                return check;
            }
        }
        throw new AssertionError("no such check");
    }

    private void start(String... urls) throws Exception {
        Map<String, String> settings = WebhookServer.settings(urls);
        settings.put("cxone.webhook.first-pause", "1s");
        assist = RunningAssist.start(folder, agent, settings);
    }

    private void decide(String id) throws Exception {
        offer(id);
        agent.accept(id).toCompletionStage().toCompletableFuture().get();
    }

    private void offer(String id) throws Exception {
        assertThat(assist.post(Suggestions.valid("call-" + id, id).toString()).statusCode())
                .isEqualTo(202);
        await().until(() -> assist.cxone().referee().suggestion(id).isPresent());
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
