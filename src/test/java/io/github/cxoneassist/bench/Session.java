package io.github.cxoneassist.bench;

import io.github.cxoneassist.oauth.CachingTokenSource;
import io.github.cxoneassist.oauth.OAuthSettings;
import io.github.cxoneassist.oauth.OAuthTokenClient;
import io.github.cxoneassist.session.AssistSession;
import io.github.cxoneassist.session.InboundHandler;
import io.github.cxoneassist.session.SessionConfig;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Random;

/** A session of ours without Camel around it. */
final class Session implements Closeable {

    private final Vertx vertx = Vertx.vertx();
    private final CachingTokenSource tokens;
    private final AssistSession session;

    Session(Surroundings given, InboundHandler inbound) {
        OAuthSettings settings =
                OAuthSettings.clientCredentials(URI.create(given.tokenUrl()), given.clientId(), given.clientSecret());
        tokens = new CachingTokenSource(
                new OAuthTokenClient(settings, vertx.nettyEventLoopGroup(), Clock.systemUTC()),
                Clock.systemUTC(),
                OAuthSettings.DEFAULT_RENEW_BEFORE);
        session = new AssistSession(
                "bench",
                SessionConfig.builder(URI.create(given.webSocketUrl())).build(),
                tokens,
                vertx,
                Clock.systemUTC(),
                new Random(),
                event -> {});
        session.inbound(inbound);
        session.start();
    }

    AssistSession session() {
        return session;
    }

    @Override
    public void close() throws IOException {
        session.stop().toCompletionStage().toCompletableFuture().join();
        tokens.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
