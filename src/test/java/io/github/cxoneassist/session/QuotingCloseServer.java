package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/** Closes on every token, and quotes it in the close frame. */
final class QuotingCloseServer extends TestServer {

    QuotingCloseServer(Vertx vertx) {
        super(vertx);
    }

    @Override
    void authenticate(ServerWebSocket socket, String text) {
        socket.close((short) 1008, "no good: " + new JsonObject(text).getString("token"));
    }
}
