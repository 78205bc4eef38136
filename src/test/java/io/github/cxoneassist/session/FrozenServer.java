package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

/** Lets a client in and reads nothing from then on, until it thaws: no pong, no close echo, no suggestion. */
final class FrozenServer extends TestServer {

    private volatile boolean thawed;

    FrozenServer(Vertx vertx) {
        super(vertx);
    }

    /** For the connections to come. */
    void thaw() {
        thawed = true;
    }

    @Override
    void authenticate(ServerWebSocket socket, String text) {
        super.authenticate(socket, text);
        if (thawed) {
            return;
        }
        ((io.vertx.core.http.impl.WebSocketInternal) socket)
                .channelHandlerContext()
                .channel()
                .config()
                .setAutoRead(false);
    }
}
