package io.github.cxoneassist.session;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/** Passes bytes on until told to swallow, then swallows all in both directions: the connection is half open. */
final class SwallowingProxy implements AutoCloseable {

    private final AtomicBoolean swallowing = new AtomicBoolean();
    private final NetServer server;

    SwallowingProxy(Vertx vertx, URI target) {
        server = vertx.createNetServer().connectHandler(near -> {
            near.pause();
            vertx.createNetClient().connect(target.getPort(), target.getHost()).onSuccess(far -> {
                pass(near, far);
                pass(far, near);
                near.resume();
            });
        });
        TestServer.await(server.listen(0, "127.0.0.1"));
    }

    private void pass(NetSocket from, NetSocket to) {
        from.exceptionHandler(trouble -> {});
        from.handler(bytes -> {
            if (!swallowing.get()) {
                to.write(bytes);
            }
        });
        from.closeHandler(closed -> {
            if (!swallowing.get()) {
                to.close();
            }
        });
    }

    void swallow() {
        swallowing.set(true);
    }

    void passOn() {
        swallowing.set(false);
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/ws/v1");
    }

    @Override
    public void close() {
        TestServer.await(server.close());
    }
}
