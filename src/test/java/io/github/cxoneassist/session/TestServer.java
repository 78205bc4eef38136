package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A CXone on a real socket that behaves; subclasses misbehave in one way each. */
class TestServer implements AutoCloseable {

    static final String SUCCESS = "{\"type\":\"auth.success\"}";

    /** All frames of all sockets, in order. */
    final List<String> frames = new CopyOnWriteArrayList<>();

    final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
    final List<Integer> closeCodes = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    final Vertx vertx;
    private final HttpServer server;

    TestServer(Vertx vertx) {
        this.vertx = vertx;
        server = vertx.createHttpServer(
                new HttpServerOptions().setMaxWebSocketFrameSize(16 << 20).setMaxWebSocketMessageSize(16 << 20));
        server.connectionHandler(connection -> {
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            connection.closeHandler(v -> open.decrementAndGet());
        });
        install(server);
        await(server.listen(0, "127.0.0.1"));
    }

    void install(HttpServer http) {
        http.webSocketHandler(this::accepted);
    }

    void accepted(ServerWebSocket socket) {
        sockets.add(socket);
        socket.closeHandler(
                v -> closeCodes.add(socket.closeStatusCode() == null ? 1006 : (int) socket.closeStatusCode()));
        socket.textMessageHandler(text -> {
            frames.add(text);
            if (text.startsWith("{\"type\":\"auth\"")) {
                authenticate(socket, text);
            } else {
                suggested(socket, text);
            }
        });
    }

    void authenticate(ServerWebSocket socket, String text) {
        socket.writeTextMessage(SUCCESS);
    }

    void suggested(ServerWebSocket socket, String text) {}

    /** The ids of the suggestions of all sockets, in order. */
    List<String> suggestions() {
        return frames.stream()
                .filter(text -> text.startsWith("{\"type\":\"agentassist.suggest\""))
                .map(text -> new JsonObject(text).getJsonObject("suggestion").getString("id"))
                .toList();
    }

    void answer(String type, String suggestionId) {
        latest().writeTextMessage("{\"type\":\"agentassist." + type + "\",\"interactionId\":\"I1\",\"suggestionId\":\""
                + suggestionId + "\"}");
    }

    /** Without a close frame. */
    void drop() {
        drop(latest());
    }

    private static void drop(ServerWebSocket socket) {
        ((WebSocketInternal) socket).channelHandlerContext().close();
    }

    ServerWebSocket latest() {
        return sockets.get(sockets.size() - 1);
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/ws/v1");
    }

    @Override
    public void close() {
        // a client that is frozen out would answer no close frame, and Vert.x would wait for it
        sockets.forEach(TestServer::drop);
        await(server.close());
    }

    static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
