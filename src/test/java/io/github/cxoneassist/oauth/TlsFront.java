package io.github.cxoneassist.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SSLOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** TLS in front of a plain server on this machine: what comes in over TLS goes on without, and back. */
public final class TlsFront implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> handshakes = new CopyOnWriteArrayList<>();
    private final NetServer server;
    private final int target;

    private TlsFront(int target, NetServerOptions options) {
        this.target = target;
        server = vertx.createNetServer(options.setSsl(true))
                .connectHandler(this::connected)
                // a refused client is what the tests are about
                .exceptionHandler(refused -> {});
        await(server.listen(0, "127.0.0.1"));
    }

    /** @param target the port of the plain server */
    public static TlsFront of(int target, Certificates certificate) {
        return new TlsFront(target, new NetServerOptions().setKeyCertOptions(pfx(certificate.keyStore())));
    }

    /** Only for clients that show a certificate of the authority. */
    public static TlsFront forKnownClients(int target) {
        return new TlsFront(
                target,
                new NetServerOptions()
                        .setKeyCertOptions(pfx(Certificates.SERVER.keyStore()))
                        .setClientAuth(ClientAuth.REQUIRED)
                        .setTrustOptions(pfx(Certificates.trustStore())));
    }

    /** From now on it shows another one. */
    public void renew(Certificates certificate) {
        await(server.updateSSLOptions(new SSLOptions().setKeyCertOptions(pfx(certificate.keyStore()))));
    }

    public int port() {
        return server.actualPort();
    }

    /** The address of the plain server as it is behind this front: {@code https} for {@code http}, and so on. */
    public String url(String plain) {
        return plain.replaceFirst("^(http|ws):", "$1s:").replaceFirst(":\\d+/", ":" + port() + "/");
    }

    /** Protocol and cipher suite of each handshake that succeeded, in order. */
    public List<String> handshakes() {
        return handshakes;
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private void connected(NetSocket near) {
        handshakes.add(near.sslSession().getProtocol() + " " + near.sslSession().getCipherSuite());
        near.pause();
        vertx.createNetClient()
                .connect(target, "127.0.0.1")
                .onFailure(away -> near.close())
                .onSuccess(far -> {
                    pass(near, far);
                    pass(far, near);
                    near.resume();
                });
    }

    private static void pass(NetSocket from, NetSocket to) {
        from.exceptionHandler(trouble -> {});
        from.handler(to::write);
        from.closeHandler(closed -> to.close());
    }

    private static PfxOptions pfx(Path file) {
        return new PfxOptions().setPath(file.toString()).setPassword(Certificates.PASSWORD);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
