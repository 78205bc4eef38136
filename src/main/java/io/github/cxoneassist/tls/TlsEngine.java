package io.github.cxoneassist.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Dials with a given {@link SSLContext}, by the way in that Vert.x documents for it. Its trust and key options take
 * stores and managers instead, from which it makes a context of its own: then the socket and the token endpoint could
 * differ in whom they trust. Checking the host name stays with Vert.x, which asks the engine for it after we made it.
 */
public final class TlsEngine extends JdkSSLEngineOptions {

    private final SSLContext context;
    private final SSLParameters offer;

    private TlsEngine(SSLContext context, SSLParameters offer) {
        this.context = context;
        this.offer = offer;
        // to check a chain may mean to fetch a revocation list
        setUseWorkerThread(true);
    }

    /** Whether the host name is checked stays as it is in the options: by default it is. */
    public static void use(SSLContext context, ClientOptionsBase options) {
        SSLParameters offer = offer(context);
        options.setSslEngineOptions(new TlsEngine(context, offer))
                // without it Vert.x ignores the engine, whatever is said at the connect
                .setSsl(true)
                // Vert.x sets these on the engine at the very end
                .setEnabledSecureTransportProtocols(Set.of(offer.getProtocols()));
    }

    @Override
    public TlsEngine copy() {
        return new TlsEngine(context, offer);
    }

    @Override
    public SslContextFactory sslContextFactory() {
        return () -> new JdkSslContext(
                context,
                true,
                // left out, Netty's own defaults would take the place of what the context has been limited to
                List.of(offer.getCipherSuites()),
                IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                offer.getProtocols(),
                false);
    }

    // from a socket, as the token request has one: an engine that was just made counts as a server's, and a context
    // that is decorated, as Camel's is, limits the two differently
    private static SSLParameters offer(SSLContext context) {
        try (Socket socket = context.getSocketFactory().createSocket()) {
            return ((SSLSocket) socket).getSSLParameters();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
