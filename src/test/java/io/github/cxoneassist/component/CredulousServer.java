package io.github.cxoneassist.component;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A CXone that lets everybody in, whatever the token. */
final class CredulousServer implements AutoCloseable {

    final List<String> tokens = new CopyOnWriteArrayList<>();
    final AtomicInteger sockets = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server = vertx.createHttpServer();

    CredulousServer() throws Exception {
        server.webSocketHandler(socket -> {
            sockets.incrementAndGet();
            socket.textMessageHandler(text -> {
                tokens.add(new JsonObject(text).getString("token"));
                socket.writeTextMessage("{\"type\":\"auth.success\"}");
            });
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    String url() {
        return "ws://127.0.0.1:" + server.actualPort() + "/ws/v1";
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
