package io.github.cxoneassist.webhook;

import io.github.cxoneassist.oauth.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes everything over TLS, would speak HTTP/2 if it were asked to, and writes down as whom it was addressed. */
final class TlsReceiver implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final HttpServer server;

    TlsReceiver(Certificates certificate) {
        HttpServerOptions options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setSni(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(certificate.keyStore().toString())
                        .setPassword(Certificates.PASSWORD));
        server = vertx.createHttpServer(options)
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    Subscriber subscriber(String host) {
        return Events.subscriber("https://" + host + ":" + port() + "/hook?token=hush");
    }

    int port() {
        return server.actualPort();
    }

    /** How often somebody got through the handshake. */
    int connections() {
        return connections.get();
    }

    List<String> requests() {
        return requests;
    }

    private void answer(HttpServerRequest request) {
        requests.add(request.version() + " sni=" + request.connection().indicatedServerName() + " host="
                + request.getHeader("host") + " " + request.path());
        request.response().setStatusCode(204).end();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
