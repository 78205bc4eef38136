package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets every client in, and says nothing to whoever authenticates again on an open socket. */
final class MuteRenewalServer extends TestServer {

    private final Set<ServerWebSocket> in = ConcurrentHashMap.newKeySet();

    MuteRenewalServer(Vertx vertx) {
        super(vertx);
    }

    @Override
    void authenticate(ServerWebSocket socket, String text) {
        if (in.add(socket)) {
            super.authenticate(socket, text);
        }
    }
}
