package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.CachingTokenSource;
import io.github.cxoneassist.oauth.OAuthSettings;
import io.github.cxoneassist.oauth.OAuthTokenClient;
import io.github.cxoneassist.session.AssistSession;
import io.github.cxoneassist.session.InboundHandler;
import io.github.cxoneassist.session.SessionConfig;
import io.github.cxoneassist.session.SessionStatus;
import io.github.cxoneassist.session.SuggestFrame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;

/** The session of one name: starts with its first producer or consumer, stops with its last. Thread-safe. */
final class SharedSession {

    private final String name;
    private final OAuthSettings oauth;
    private final SessionConfig config;
    private final Vertx vertx;
    private final CamelContext camelContext;

    private int users;
    private ExecutorService tokenRequests;
    private volatile AssistSession session;
    private CxoneAssistConsumer consumer;

    SharedSession(String name, CxoneAssistConfiguration configuration, Vertx vertx, CamelContext camelContext) {
        this.name = name;
        this.oauth = configuration.oauthSettings();
        this.config = configuration.sessionConfig();
        this.vertx = vertx;
        this.camelContext = camelContext;
    }

    void requireSameSettings(CxoneAssistConfiguration wanted) {
        if (!oauth.equals(wanted.oauthSettings()) || !config.equals(wanted.sessionConfig())) {
            throw new IllegalArgumentException("cxone-assist:" + name + " is used with two different configurations."
                    + " All endpoints of a name share one session: give them the same options, or set the options on the"
                    + " component, or choose another name.");
        }
    }

    synchronized void join() {
        if (users++ == 0) {
            tokenRequests = camelContext
                    .getExecutorServiceManager()
                    .newSingleThreadExecutor(this, "cxone-assist-token-" + name);
            Clock clock = Clock.systemUTC();
            var tokens = new CachingTokenSource(
                    new OAuthTokenClient(oauth, tokenRequests, clock), clock, oauth.renewBefore());
            session = new AssistSession(name, config, tokens, vertx, clock, RandomGenerator.getDefault(), event -> {});
            session.inbound(inbound());
            session.start();
        }
    }

    /** Blocks until the session is drained and closed, a few seconds at the most. */
    void leave() throws Exception {
        AssistSession last;
        ExecutorService executor;
        synchronized (this) {
            if (--users > 0) {
                return;
            }
            last = session;
            executor = tokenRequests;
            session = null;
        }
        last.stop()
                .toCompletionStage()
                .toCompletableFuture()
                .get(config.drainTimeout().plus(config.closeTimeout()).toMillis() + 1_000, TimeUnit.MILLISECONDS);
        camelContext.getExecutorServiceManager().shutdownNow(executor);
    }

    Future<?> send(SuggestFrame frame) {
        AssistSession current = session;
        return current == null
                ? Future.failedFuture(new IllegalStateException("cxone-assist:" + name + " is stopped"))
                : current.send(frame);
    }

    /** One consumer a name: with two, it would be open which of them a frame is for. */
    synchronized void attach(CxoneAssistConsumer newConsumer) {
        if (consumer != null) {
            throw new IllegalStateException("cxone-assist:" + name
                    + " has a consumer already. Let one route consume and" + " hand the events on from there.");
        }
        consumer = newConsumer;
    }

    synchronized void detach() {
        consumer = null;
    }

    String name() {
        return name;
    }

    Optional<SessionStatus> status() {
        return Optional.ofNullable(session).map(AssistSession::status);
    }

    private InboundHandler inbound() {
        return frame -> {
            CxoneAssistConsumer current;
            synchronized (this) {
                current = consumer;
            }
            return current == null
                    ? java.util.concurrent.CompletableFuture.completedStage(null)
                    : current.handle(frame);
        };
    }
}
