package io.github.cxoneassist.session;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state machine: one attempt at a time, and what happens between them. Never gives up by itself. Only on the
 * session's event loop, which is why it needs no lock.
 */
final class Lifecycle implements Attempt.Owner, InboundQueue.Source {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final SessionParts parts;
    private final Transitions transitions;
    private final Outbox outbox;
    private final InboundQueue inbound;
    private final Heartbeat heartbeat;
    private final Retries retries;

    private Attempt attempt;
    private int attempts;
    private boolean everReady;
    private long retry = Timers.NONE;
    private long stable = Timers.NONE;
    private long drain = Timers.NONE;
    private Promise<Void> stopping;
    private boolean closing;

    Lifecycle(SessionParts parts, Transitions transitions, LongSupplier nanoTime, Outbox.Failure unavailable) {
        SessionConfig config = parts.config();
        this.parts = parts;
        this.transitions = transitions;
        this.outbox = new Outbox(parts, nanoTime, unavailable, this::isPaused, this::closeWhenDrained);
        this.inbound = new InboundQueue(
                config.maxInbound(),
                task -> parts.context().runOnContext(v -> task.run()),
                parts.clock(),
                this,
                this::closeWhenDrained);
        this.heartbeat =
                new Heartbeat(parts.timers(), config.pingInterval(), config.missedPings(), this::ping, this::silence);
        this.retries = new Retries(config, parts.random());
    }

    InboundQueue inbound() {
        return inbound;
    }

    Outbox outbox() {
        return outbox;
    }

    void start() {
        if (attempts == 0 && stopping == null) {
            connect("started");
        }
    }

    void send(Send send, Runnable refuse) {
        switch (transitions.state()) {
            case CLOSED, DRAINING -> refuse.run();
            default -> outbox.offer(send);
        }
    }

    void stop(Promise<Void> stopped) {
        if (stopping != null) {
            stopping.future().onComplete(stopped);
            return;
        }
        stopping = stopped;
        if (attempts == 0) {
            stopped.complete();
            return;
        }
        boolean ready = transitions.state() == SessionState.READY;
        parts.timers().cancel(retry);
        transitions.to(SessionState.DRAINING, "stop requested", attempts, SessionEvent.Kind.REQUESTED);
        if (!ready) {
            close();
            return;
        }
        drain = parts.timers().set(parts.config().drainTimeout(), this::close);
        closeWhenDrained();
    }

    @Override
    public void authenticating() {
        if (stopping == null) {
            transitions.to(SessionState.AUTHENTICATING, "socket open", attempts, SessionEvent.Kind.PROGRESS);
        }
    }

    @Override
    public void ready() {
        if (stopping != null) {
            return;
        }
        heartbeat.start();
        if (inbound.paused()) {
            pause();
        }
        if (everReady) {
            parts.traffic().reconnects.increment();
        }
        everReady = true;
        stable = parts.timers().set(parts.config().stableAfter(), retries::reset);
        transitions.to(SessionState.READY, "authenticated", attempts, SessionEvent.Kind.PROGRESS);
        outbox.attach(attempt.connection());
    }

    @Override
    public void renewed() {
        if (stopping == null) {
            transitions.within("token renewed", attempts, SessionEvent.Kind.TOKEN_RENEWED);
        }
    }

    @Override
    public void frame(InboundFrame frame) {
        inbound.offer(outbox.heard(frame));
    }

    @Override
    public void alive() {
        heartbeat.alive();
    }

    @Override
    public void writable() {
        outbox.flush();
    }

    @Override
    public void ended(Ending ending) {
        Attempt over = attempt;
        attempt = null;
        outbox.detach();
        heartbeat.stop();
        parts.timers().cancel(stable);
        boolean refused = ending.kind() == SessionEvent.Kind.AUTHENTICATION && over.token() != null;
        if (refused) {
            invalidate(over);
        }
        if (stopping != null) {
            closed();
            return;
        }
        Duration delay = retries.next(ending, refused);
        transitions.to(
                SessionState.BACKING_OFF, ending.reason() + "; next attempt in " + delay, over.number(), ending.kind());
        retry = parts.timers().set(delay, () -> connect("attempt is due"));
    }

    @Override
    public void pause() {
        heartbeat.suspend();
        if (attempt != null) {
            attempt.connection().pause();
        }
    }

    @Override
    public void resume() {
        heartbeat.resume();
        if (attempt != null) {
            attempt.connection().resume();
        }
    }

    private void connect(String reason) {
        attempts++;
        attempt = new Attempt(parts, attempts, this);
        transitions.to(SessionState.CONNECTING, reason, attempts, SessionEvent.Kind.PROGRESS);
        attempt.begin();
    }

    private boolean isPaused() {
        return inbound.paused();
    }

    private void ping() {
        attempt.connection().ping();
    }

    private void silence() {
        SessionConfig config = parts.config();
        attempt.abandon(Ending.network(
                "no sign of life after " + config.missedPings() + " pings, " + config.pingInterval() + " apart"));
    }

    private void invalidate(Attempt refused) {
        try {
            parts.tokens().invalidate(refused.token());
        } catch (RuntimeException e) {
            LOG.warn("Session {}: the token source failed to drop a refused token", parts.name(), e);
        }
    }

    private void closeWhenDrained() {
        if (stopping != null && outbox.idle() && inbound.idle()) {
            close();
        }
    }

    private void close() {
        if (closing) {
            return;
        }
        closing = true;
        parts.timers().cancel(drain);
        outbox.failAll();
        if (attempt == null) {
            closed();
        } else {
            attempt.stop(Ending.requested("stopped"));
        }
    }

    private void closed() {
        closing = true;
        parts.timers().cancel(drain);
        outbox.close();
        inbound.clear();
        transitions.to(SessionState.CLOSED, "stopped", attempts, SessionEvent.Kind.REQUESTED);
        stopping.complete();
    }
}
