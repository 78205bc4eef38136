package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes the TCP connection and doesn't answer the upgrade until the test says so. */
final class MuteHandshakeServer extends TestServer {

    // created before the server is up, which the super constructor does
    private List<HttpServerRequest> pending;

    MuteHandshakeServer(Vertx vertx) {
        super(vertx);
    }

    @Override
    void install(HttpServer http) {
        pending = new CopyOnWriteArrayList<>();
        http.requestHandler(request -> {
            request.pause();
            pending.add(request);
        });
    }

    int pending() {
        return pending.size();
    }

    void answerFirst() {
        pending.get(0).toWebSocket().onSuccess(this::accepted);
    }

    void answerLatest() {
        pending.get(pending.size() - 1).toWebSocket().onSuccess(this::accepted);
    }
}
