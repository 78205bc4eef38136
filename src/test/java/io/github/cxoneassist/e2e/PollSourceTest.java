package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An HTTP server that is asked. It answers with the same as long as nothing is new, and 304 to whoever has that already. */
class PollSourceTest extends SourceContract {

    private HttpServer server;
    private volatile String answer = "";
    private volatile String contentType = "application/x-ndjson";
    private volatile int status = 200;
    private volatile boolean taken = true;
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Override
    String source() {
        return "poll";
    }

    @Override
    Map<String, String> settings() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/suggestions", this::answer);
        server.start();
        return Map.of(
                "cxone.source.poll.url",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/suggestions",
                "cxone.source.poll.period",
                "100",
                "cxone.source.poll.authorization",
                "Bearer a+b&c%d",
                "cxone.source.poll.dead-letters",
                folder.resolve("dead").toString());
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        String etag = "\"" + answer.hashCode() + "\"";
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("CamelCxoneAssistEndInteraction", "true");
        exchange.getResponseHeaders().add("CamelCxoneAssistInteractionId", "call");
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            taken = true;
            exchange.sendResponseHeaders(304, -1);
        } else {
            exchange.getResponseHeaders().add("Content-Type", contentType);
            exchange.getResponseHeaders().add("ETag", etag);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    void deliver(String... messages) {
        taken = false;
        answer = String.join("\n", messages);
    }

    @Override
    List<String> deadLetters() throws IOException {
        Path dead = folder.resolve("dead");
        if (!Files.exists(dead)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dead)) {
            return files.map(PollSourceTest::read).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    long unacknowledged() {
        return taken ? 0 : answer.lines().count();
    }

    @Test
    void whatIsAnsweredAgainBesideSomethingNewIsNotOfferedAgain() throws Exception {
        contentType = "application/json";
        deliver("[" + suggestion("a") + ", {\"poison\": 1}]");
        awaitAcknowledged();
        deliver("[" + sentBefore() + ", {\"poison\": 1}, " + suggestion("b") + "]");

        awaitAcknowledged();
        assertThat(assist.auditLines()).containsExactly("injected a", "validation_failed null invalid", "injected b");
        assertThat(deadLetters()).containsExactly("{\"poison\":1}");
    }

    private String sentBefore() {
        return answer.substring(1, answer.indexOf(", {\"poison\""));
    }

    @Test
    void whatDiffersInTheCaseOfALetterIsNew() throws Exception {
        deliver(suggestion("a"));
        awaitAcknowledged();
        deliver(answer.replace("\"id\":\"a\"", "\"id\":\"A\""));

        awaitAcknowledged();
        assertThat(sent()).containsExactly("a", "A");
    }

    @Test
    void aServerThatFailsIsAskedAgain() {
        status = 500;
        deliver(suggestion("a"));
        int before = authorizations.size();
        await().until(() -> authorizations.size() > before + 2);
        assertThat(sent()).isEmpty();

        status = 200;

        awaitAcknowledged();
        assertThat(sent()).containsExactly("a");
    }

    @Test
    void theKeyIsSentAsItIs() {
        await().until(() -> !authorizations.isEmpty());

        assertThat(authorizations).containsOnly("Bearer a+b&c%d");
    }
}
