package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.TokenSource;
import io.github.cxoneassist.session.AssistSession;
import io.github.cxoneassist.session.InboundHandler;
import io.github.cxoneassist.session.SessionConfig;
import io.github.cxoneassist.session.SessionListener;
import io.github.cxoneassist.session.SessionStatus;
import io.github.cxoneassist.session.SuggestFrame;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Vertx;
import java.io.Closeable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.component.micrometer.MicrometerUtils;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session of one name: starts with its first producer or consumer, stops with its last. Thread-safe. */
final class SharedSession {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSession.class);

    private final String name;
    private final TokenOrigin origin;
    private final SessionConfig config;
    private final SSLContextParameters tls;
    private final Vertx vertx;
    private final CamelContext camelContext;

    /** Held by whoever starts or ends the session: the next one starts when the last has closed its socket. */
    private final Lock turn = new ReentrantLock();

    private int users;
    private ExecutorService tokenRequests;
    private volatile Running running;
    private CxoneAssistConsumer consumer;
    private SessionMetrics metrics;

    /** @param continuations live as long as the session, because a producer that stopped may have sends under way */
    private record Running(AssistSession session, TokenSource tokens, ExecutorService continuations) {}

    SharedSession(String name, CxoneAssistConfiguration configuration, Vertx vertx, CamelContext camelContext) {
        this.name = name;
        this.origin = TokenOrigin.of(configuration, camelContext);
        this.config = configuration.sessionConfig();
        this.tls = configuration.getSslContextParameters();
        this.vertx = vertx;
        this.camelContext = camelContext;
    }

    void requireSameSettings(CxoneAssistConfiguration wanted) {
        if (!hasSettings(wanted)) {
            throw new IllegalArgumentException("cxone-assist:" + name + " is used with two different configurations."
                    + " All endpoints of a name share one session: give them the same options, or set the options on the"
                    + " component, or choose another name.");
        }
    }

    boolean hasSettings(CxoneAssistConfiguration wanted) {
        return origin.equals(TokenOrigin.of(wanted, camelContext))
                && config.equals(wanted.sessionConfig())
                && tls == wanted.getSslContextParameters();
    }

    synchronized boolean isUnused() {
        return users == 0;
    }

    /** May wait for the one before to be drained. */
    void join() {
        turn.lock();
        try {
            startOrJoin();
        } finally {
            turn.unlock();
        }
    }

    private synchronized void startOrJoin() {
        if (users == 0) {
            SSLContext ssl = ClientTls.context(name, tls, camelContext);
            tokenRequests = tokenRequests();
            Clock clock = clock();
            TokenSource tokens = origin.open(tokenRequests, clock, ssl);
            metrics = new SessionMetrics(name, meterRegistry(), this::status);
            AssistSession session = new AssistSession(
                    name, config, ssl, tokens, vertx, clock, RandomGenerator.getDefault(), new Listeners(all(metrics)));
            session.inbound(inbound());
            running = new Running(session, tokens, continuations());
            session.start();
        }
        // last: who could not start it has not joined
        users++;
    }

    /** Blocks until the session is drained and closed, a few seconds at the most. */
    void leave() throws Exception {
        turn.lock();
        try {
            leaveOrStop();
        } finally {
            turn.unlock();
        }
    }

    private void leaveOrStop() throws Exception {
        Running last;
        ExecutorService executor;
        SessionMetrics meters;
        synchronized (this) {
            if (--users > 0) {
                return;
            }
            last = running;
            executor = tokenRequests;
            meters = metrics;
            running = null;
        }
        try {
            last.session()
                    .stop()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(longestStop().toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            meters.remove();
            if (last.tokens() instanceof Closeable closeable) {
                closeable.close();
            }
            camelContext.getExecutorServiceManager().shutdownNow(executor);
            camelContext.getExecutorServiceManager().shutdownGraceful(last.continuations());
        }
    }

    /** A drain, a goodbye without an answer, a socket that does not close; and a little for the hops between. */
    private Duration longestStop() {
        return config.drainTimeout().plus(config.closeTimeout().multipliedBy(2)).plusSeconds(1);
    }

    /**
     * @param wanted asked before the frame goes out, as often as it does; it must not block
     * @param then gets the moment or the failure, once, and off the event loop: the rest of a route may block
     */
    void send(SuggestFrame frame, boolean awaitAck, BooleanSupplier wanted, BiConsumer<Instant, Throwable> then) {
        Running current = running;
        if (current == null) {
            then.accept(null, new IllegalStateException("cxone-assist:" + name + " is stopped"));
            return;
        }
        AssistSession session = current.session();
        (awaitAck ? session.sendAndAwaitAck(frame, wanted) : session.send(frame, wanted)).onComplete(sent -> {
            Runnable tell = () -> then.accept(sent.result(), sent.cause());
            try {
                current.continuations().execute(tell);
            } catch (RejectedExecutionException e) {
                // the session stopped meanwhile: the wrong thread is better than an exchange that never ends
                tell.run();
            }
        });
    }

    /** Ours first, then whoever wants to know: beans of the registry. */
    private List<SessionListener> all(SessionListener ours) {
        List<SessionListener> listeners = new ArrayList<>();
        listeners.add(ours);
        listeners.addAll(camelContext.getRegistry().findByType(SessionListener.class));
        return listeners;
    }

    /** The one that Camel's own metrics go to; without one, meters that count for nobody. */
    private MeterRegistry meterRegistry() {
        MeterRegistry camels = MicrometerUtils.getMeterRegistryFromCamelRegistry(
                camelContext.getRegistry(), MicrometerConstants.METRICS_REGISTRY_NAME);
        return camels == null ? new CompositeMeterRegistry() : camels;
    }

    /** The application's own, where the registry has one: windows end for the session when they end for the pipeline. */
    private Clock clock() {
        Clock registered = CamelContextHelper.findSingleByType(camelContext, Clock.class);
        return registered == null ? Clock.systemUTC() : registered;
    }

    private ExecutorService tokenRequests() {
        return camelContext
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "cxone-assist-token-" + name,
                        new ThreadPoolProfileBuilder("cxone-assist-token")
                                // one does the work; the others are for when a token source of somebody else never
                                // comes back from a call
                                .poolSize(1)
                                .maxPoolSize(4)
                                .maxQueueSize(0)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }

    private ExecutorService continuations() {
        return camelContext
                .getExecutorServiceManager()
                .newThreadPool(
                        this,
                        "cxone-assist-producer-" + name,
                        new ThreadPoolProfileBuilder("cxone-assist-producer")
                                // unbounded: what waits here are exchanges that exist anyway, and the one who would
                                // have
                                // to run them when it is full is the event loop
                                .maxQueueSize(Integer.MAX_VALUE)
                                .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                                .build());
    }

    /** One consumer a name: with two, it would be open which of them a frame is for. */
    synchronized void attach(CxoneAssistConsumer newConsumer) {
        if (consumer != null) {
            throw new IllegalStateException("cxone-assist:" + name
                    + " has a consumer already. Let one route consume and hand the events on from there.");
        }
        consumer = newConsumer;
    }

    /** Blocks until what came in was handed on, for as long as a drain may take. */
    void detach() throws Exception {
        Running current = running;
        if (current != null) {
            try {
                current.session()
                        .inboundIdle()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn("Session {}: frames from CXone that waited for a consumer are lost, it was too slow", name);
            }
        }
        synchronized (this) {
            consumer = null;
        }
    }

    String name() {
        return name;
    }

    Optional<SessionStatus> status() {
        return Optional.ofNullable(running).map(current -> current.session().status());
    }

    private InboundHandler inbound() {
        return frame -> {
            CxoneAssistConsumer current;
            synchronized (this) {
                current = consumer;
            }
            return current == null ? CompletableFuture.completedStage(null) : current.handle(frame);
        };
    }
}
