package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.TokenSource;
import io.github.cxoneassist.tls.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/**
 * One authenticated WebSocket to CXone, kept up for as long as the session runs. It has one life: start, stop.
 *
 * <p>Safe from any thread; nothing blocks. All state lives on one event loop of the given Vert.x, on which futures
 * complete and handlers are called as well: continue on a worker before doing anything slow.
 */
public final class AssistSession {

    private static final BooleanSupplier ALWAYS = () -> true;

    private final String name;
    private final SessionConfig config;
    private final Context context;
    private final Timers timers;
    private final Traffic traffic = new Traffic();
    private final Transitions transitions;
    private final Lifecycle lifecycle;
    // counted at the door, not on the event loop: what waits for the hop is memory too
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * With the JVM's own trust store.
     *
     * @param vertx is used and not closed
     */
    public AssistSession(
            String name,
            SessionConfig config,
            TokenSource tokens,
            Vertx vertx,
            Clock clock,
            RandomGenerator random,
            SessionListener listener) {
        this(name, config, Tls.ofJvm(), tokens, vertx, clock, random, listener);
    }

    /**
     * @param tls for {@code wss:}; host names are checked whatever it says
     * @param vertx is used and not closed
     */
    public AssistSession(
            String name,
            SessionConfig config,
            SSLContext tls,
            TokenSource tokens,
            Vertx vertx,
            Clock clock,
            RandomGenerator random,
            SessionListener listener) {
        this.name = Objects.requireNonNull(name, "name");
        this.config = Objects.requireNonNull(config, "config");
        // a context of our own: the caller's may be a worker, or be undeployed under us
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.timers = new Timers(context);
        this.transitions = new Transitions(name, clock, Objects.requireNonNull(listener, "listener"));
        SessionParts parts = new SessionParts(
                name,
                config,
                Objects.requireNonNull(tls, "tls"),
                Objects.requireNonNull(tokens, "tokens"),
                context,
                timers,
                clock,
                random,
                traffic,
                new FrameParser(config.maxMessageSize()));
        this.lifecycle = new Lifecycle(parts, transitions, System::nanoTime, this::unavailable);
    }

    /** Connects, and connects again whenever the connection ends. Further calls do nothing. */
    public void start() {
        context.runOnContext(v -> lifecycle.start());
    }

    /**
     * Hands a suggestion to the socket, in the order of the calls. While the session is not ready, the suggestion
     * waits, up to {@code sendTimeout}.
     *
     * @return the moment at which the socket took it, which is not yet the moment at which anybody saw it; fails with
     *     a {@link SessionUnavailableException}
     */
    public Future<Instant> send(SuggestFrame frame) {
        return send(frame, ALWAYS);
    }

    /**
     * As {@link #send(SuggestFrame)}, unless it is not wanted any more when its turn comes: then it is dropped, and the future
     * fails, where it was not completed before.
     *
     * @param wanted asked on the event loop, right before the frame is written for the first time and before each time that it
     *     would be written again; it must not block
     */
    public Future<Instant> send(SuggestFrame frame, BooleanSupplier wanted) {
        Promise<Instant> written = Promise.promise();
        send(frame, written, null, wanted);
        return written.future();
    }

    /**
     * Like {@link #send}, and waits for the answer of the other side: an acknowledgement, or a decision without one.
     *
     * @return the moment at which the answer came; fails with a {@link SessionUnavailableException}, also where the
     *     suggestion was sent and not acknowledged in time. What has failed is not sent again.
     */
    public Future<Instant> sendAndAwaitAck(SuggestFrame frame) {
        return sendAndAwaitAck(frame, ALWAYS);
    }

    /** As {@link #sendAndAwaitAck(SuggestFrame)}, and as {@link #send(SuggestFrame, BooleanSupplier)}. */
    public Future<Instant> sendAndAwaitAck(SuggestFrame frame, BooleanSupplier wanted) {
        Promise<Instant> acknowledged = Promise.promise();
        send(frame, Promise.promise(), acknowledged, wanted);
        return acknowledged.future();
    }

    /**
     * Where the server's frames go, in order, and of one interaction one at a time; while the consumer is too far behind,
     * the socket is not read. Without a handler, frames are counted and dropped: set it before {@link #start()}.
     *
     * @param handler takes the place of the one before; null for none
     */
    public void inbound(InboundHandler handler) {
        onLoop(() -> lifecycle.inbound().handler(handler));
    }

    /** @return completes when every frame that has come in so far, and until then, was taken by the handler */
    public Future<Void> inboundIdle() {
        Promise<Void> idle = Promise.promise();
        if (!onLoop(() -> lifecycle.inbound().whenIdle(idle))) {
            idle.tryComplete();
        }
        return idle.future();
    }

    /**
     * Accepts nothing more, lets what is under way finish within {@code drainTimeout}, and closes. Further calls
     * wait for the same end.
     *
     * @return completes when neither a socket nor a timer is left
     */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        if (!onLoop(() -> lifecycle.stop(stopped))) {
            stopped.tryComplete();
        }
        return stopped.future();
    }

    public SessionStatus status() {
        SessionEvent latest = transitions.latest();
        Instant pausedSince = lifecycle.inbound().pausedSince();
        return new SessionStatus(
                latest.to(),
                latest.at(),
                latest.reason(),
                latest.attempt(),
                traffic.sent.sum(),
                traffic.received.sum(),
                traffic.malformed.sum(),
                traffic.unknown.sum(),
                waiting.get(),
                lifecycle.outbox().inFlight(),
                traffic.unacknowledged.sum(),
                traffic.resent.sum(),
                traffic.reconnects.sum(),
                lifecycle.inbound().size(),
                pausedSince != null,
                pausedSince);
    }

    public String name() {
        return name;
    }

    Timers timers() {
        return timers;
    }

    private void send(
            SuggestFrame frame, Promise<Instant> written, Promise<Instant> acknowledged, BooleanSupplier wanted) {
        String json = frame.toJson();
        Send send = new Send(frame, json, written, acknowledged, Objects.requireNonNull(wanted, "wanted"));
        if (waiting.incrementAndGet() > config.maxWaiting()) {
            waiting.decrementAndGet();
            send.fail(unavailable(
                    config.maxWaiting() + " sends wait already, the suggestion was refused",
                    SessionUnavailableException.Fate.NOT_SENT,
                    null));
            return;
        }
        written.future().onComplete(done -> waiting.decrementAndGet());
        Runnable refuse = () ->
                send.fail(unavailable("The suggestion was refused", SessionUnavailableException.Fate.NOT_SENT, null));
        if (!onLoop(() -> lifecycle.send(send, refuse))) {
            refuse.run();
        }
    }

    private SessionUnavailableException unavailable(
            String what, SessionUnavailableException.Fate fate, Throwable cause) {
        return new SessionUnavailableException(what, name, status(), fate, cause);
    }

    // false where Vert.x was closed before us, and its event loops with it
    private boolean onLoop(Runnable task) {
        try {
            context.runOnContext(v -> task.run());
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
