package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketImplBase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A plain client without manners of its own: says what it is told to, and keeps what it hears. */
final class TestClient {

    private final WebSocket socket;
    private final List<String> heard;
    private final CompletableFuture<Integer> closed;
    private final AtomicInteger pongs;

    private TestClient(WebSocket socket, List<String> heard, AtomicInteger pongs, CompletableFuture<Integer> closed) {
        this.socket = socket;
        this.pongs = pongs;
        this.heard = heard;
        this.closed = closed;
    }

    static TestClient connect(Vertx vertx, SandboxCxone sandbox) {
        return connect(vertx.createWebSocketClient(), sandbox);
    }

    static TestClient connect(WebSocketClient client, SandboxCxone sandbox) {
        var heard = new CopyOnWriteArrayList<String>();
        var closed = new CompletableFuture<Integer>();
        var pongs = new AtomicInteger();
        var socket = client.webSocket();
        socket.pongHandler(pong -> pongs.incrementAndGet());
        socket.textMessageHandler(heard::add);
        socket.exceptionHandler(e -> {});
        socket.closeHandler(v -> closed.complete(
                socket.closeStatusCode() == null
                        ? 1006
                        : socket.closeStatusCode().intValue()));
        var open = join(socket.connect(new WebSocketConnectOptions().setAbsoluteURI(sandbox.webSocketUrl())));
        return new TestClient(open, heard, pongs, closed);
    }

    /** Connected, authenticated, and told so. */
    static TestClient ready(Vertx vertx, SandboxCxone sandbox) {
        var client = connect(vertx, sandbox);
        client.auth(sandbox.issueToken());
        client.awaitHeard(1);
        assertThat(client.heard()).containsExactly("{\"type\":\"auth.success\"}");
        return client;
    }

    void auth(String token) {
        say("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
    }

    void say(String text) {
        socket.writeTextMessage(text);
    }

    void sayBinary(String bytes) {
        socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    void close(int code) {
        socket.close((short) code);
    }

    void ping() {
        socket.writePing(Buffer.buffer("ping"));
    }

    int pongs() {
        return pongs.get();
    }

    /** Ends the TCP connection without a close frame. */
    void abort() {
        ((WebSocketImplBase<?>) socket).channelHandlerContext().channel().close();
    }

    boolean isBackedUp() {
        return socket.writeQueueFull();
    }

    List<String> heard() {
        return List.copyOf(heard);
    }

    ObjectNode heard(int index) {
        awaitHeard(index + 1);
        return StrictJson.object(heard.get(index)).orElseThrow();
    }

    void awaitHeard(int frames) {
        await().atMost(5, TimeUnit.SECONDS).until(() -> heard.size() >= frames);
    }

    int awaitClosed() {
        return closed.orTimeout(5, TimeUnit.SECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }
}
