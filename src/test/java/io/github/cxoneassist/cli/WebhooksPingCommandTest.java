package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WebhooksPingCommandTest extends WebhooksCommandFixture {

    @Test
    void aPingIsSignedLikeEverythingElseAndItsAnswerTold() throws Exception {
        List<String> genuine = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                new Webhook(stored("crm").secrets().get(0))
                        .verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
                genuine.add(body);
            } catch (Exception e) {
                genuine.add(e.toString());
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            webhooks("add", "crm", "--url=" + url + "/hook?token=hush");
            out.getBuffer().setLength(0);

            assertThat(webhooks("ping", "crm")).isZero();

            assertThat(out.toString().strip())
                    .matches("crm at \\Q" + url
                            + "/…\\E: answered with status 204, after \\d+ ms \\(msg_ping-[0-9a-f-]{36}\\)");
            assertThat(genuine)
                    .singleElement()
                    .asString()
                    .matches("\\{\"type\":\"agentassist.ping\",\"timestamp\":"
                            + "\"[0-9TZ:.-]{24}\",\"data\":\\{\"category\":\"analytics_sync\",\"schemaVersion\":1,"
                            + "\"subscriber\":\"crm\"}}");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPingThatIsNotTakenSaysWhy() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
        webhooks("add", "moved", "--url=http://127.0.0.1:" + server.getAddress().getPort() + "/");
        webhooks("add", "away", "--url=http://127.0.0.1:1/?token=hush");

        assertThat(webhooks("ping", "moved")).isEqualTo(1);
        server.stop(0);
        assertThat(webhooks("ping", "away")).isEqualTo(1);

        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("answered with status 307"), line -> assertThat(line)
                                .startsWith("away at http://127.0.0.1:1/…: no ")
                                .doesNotContain("hush"));
    }

    @Test
    void anEndpointIsNotPingedFromHere() throws Exception {
        Files.writeString(
                config, Files.readString(config) + "cxone.webhook.subscribers.topic.endpoint = kafka:x?brokers=k\n");

        assertThat(webhooks("ping", "topic")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "topic is a Camel endpoint, which only a running application can send to.\n");
    }
}
