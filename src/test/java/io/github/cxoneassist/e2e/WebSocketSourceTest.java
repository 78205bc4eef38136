package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Another system pushes. It keeps what was not answered, and its dead letters are what it was told to be no suggestion. */
class WebSocketSourceTest extends SourceContract {

    private static final String KEY = "a-key-of-the-api";

    private URI address;
    private InsistentPusher pusher;

    @AfterEach
    void closePusher() {
        pusher.close();
    }

    @Override
    String source() {
        return "websocket";
    }

    @Override
    Map<String, String> settings() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        address = URI.create("ws://127.0.0.1:" + port + "/suggestions");
        pusher = new InsistentPusher(address, KEY);
        return Map.of("cxone.source.websocket.port", String.valueOf(port), "cxone.api-key", KEY);
    }

    @Override
    void deliver(String... messages) {
        List.of(messages).forEach(pusher::push);
    }

    @Override
    List<String> deadLetters() {
        return pusher.answers().stream()
                .filter(answer ->
                        answer.contains("\"reason\":\"malformed\"") || answer.contains("\"reason\":\"invalid\""))
                .toList();
    }

    @Override
    long unacknowledged() {
        return pusher.unanswered();
    }

    @Test
    void eachMessageIsAnsweredWithItsOutcome() {
        deliver(suggestion("a"), suggestion("a"));

        awaitAcknowledged();
        assertThat(pusher.answers())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"id\":\"a\"").contains("\"status\":\"sent\""),
                        second -> assertThat(second).contains("\"id\":\"a\"").contains("\"reason\":\"duplicate\""));
    }

    @Test
    void whileCxoneIsAwayTheSenderIsToldToSendItAgain() {
        goAway();
        deliver(suggestion("a"));

        await().until(() ->
                assist.auditLines().stream().filter("injected a"::equals).count() >= 2);
        assertThat(pusher.answers()).isEmpty();
        comeBack();
        awaitAcknowledged();
    }

    @Test
    void aHandshakeWithoutTheKeyIsRefused() {
        assertThat(refusal(address)).isEqualTo(401);
        assertThat(refusal(address, "X-API-Key", "another")).isEqualTo(401);
    }

    @Test
    void aWebPageIsRefused() {
        assertThat(refusal(address, "X-API-Key", KEY, "Origin", "https://example.com"))
                .isEqualTo(403);
    }

    @Test
    void headersCannotBeBroughtInByTheQuery() {
        URI ending = URI.create(address + "?CamelCxoneAssistEndInteraction=true&CamelCxoneAssistInteractionId=call");

        assertThat(refusal(ending, "X-API-Key", KEY)).isEqualTo(400);
    }

    private static int refusal(URI address, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        var handshake = builder.buildAsync(address, new WebSocket.Listener() {});
        var refused = new WebSocketHandshakeException[1];
        assertThatThrownBy(() -> handshake.get(5, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(WebSocketHandshakeException.class, e -> refused[0] = e);
        return refused[0].getResponse().statusCode();
    }
}
