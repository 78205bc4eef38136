package io.github.cxoneassist.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that answers one thing today and another tomorrow, and keeps all that it was ever told. */
final class FickleSubscriber implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Told(Map<String, List<String>> headers, String body, JsonNode data) {

        String id() {
            return headers.get("Webhook-id").get(0);
        }

        String suggestionId() {
            return data.path("suggestionId").textValue();
        }

        int signatures() {
            return headers.get("Webhook-signature").get(0).split(" ").length;
        }

        /** By the reference library. */
        boolean isSignedWith(String secret) throws EmptyWebhookSecretException {
            Webhook verifier = new Webhook(secret);
            try {
                verifier.verify(body, HttpHeaders.of(headers, (name, value) -> true));
                return true;
            } catch (WebhookVerificationException e) {
                return false;
            }
        }
    }

    private final HttpServer server;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    FickleSubscriber() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** From now on. */
    void answersWith(int other) {
        status = other;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/kb";
    }

    List<Told> told() {
        return told;
    }

    /** The suggestions that it was told of, in order and with repeats. */
    List<String> suggestions() {
        return told.stream().map(Told::suggestionId).toList();
    }

    List<String> ids() {
        return told.stream().map(Told::id).toList();
    }

    Told last() {
        return told.get(told.size() - 1);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int now = status;
        told.add(new Told(
                Map.copyOf(exchange.getRequestHeaders()),
                body,
                MAPPER.readTree(body).path("data")));
        exchange.sendResponseHeaders(now, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
