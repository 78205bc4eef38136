package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

/** Lets a client in and reads nothing from then on: no pong, no close echo, no suggestion. */
final class FrozenServer extends TestServer {

    FrozenServer(Vertx vertx) {
        super(vertx);
    }

    @Override
    void authenticate(ServerWebSocket socket, String text) {
        super.authenticate(socket, text);
        ((io.vertx.core.http.impl.WebSocketInternal) socket)
                .channelHandlerContext()
                .channel()
                .config()
                .setAutoRead(false);
    }
}
