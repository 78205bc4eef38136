package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

/** Answers the auth frame when the test says so, not before. */
final class LateAuthServer extends TestServer {

    LateAuthServer(Vertx vertx) {
        super(vertx);
    }

    @Override
    void authenticate(ServerWebSocket socket, String text) {}

    void letIn() {
        latest().writeTextMessage(SUCCESS);
    }
}
