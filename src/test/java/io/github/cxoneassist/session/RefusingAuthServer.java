package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

/** Refuses every token, quotes it, and lets the client in a moment later all the same. */
final class RefusingAuthServer extends TestServer {

    RefusingAuthServer(Vertx vertx) {
        super(vertx);
    }

    @Override
    void authenticate(ServerWebSocket socket, String text) {
        String token = text.replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
        socket.writeTextMessage("{\"type\":\"auth.failure\",\"message\":\"bad token " + token + "\"}");
        socket.writeTextMessage(SUCCESS);
    }
}
