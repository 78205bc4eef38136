package io.github.cxoneassist.session;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where the state changes: remembers, logs, tells. Written on the event loop, read from anywhere. */
final class Transitions {

    private static final Logger LOG = LoggerFactory.getLogger(Transitions.class);

    private final String name;
    private final Clock clock;
    private final SessionListener listener;
    private boolean wasReady;
    private volatile SessionEvent latest;

    Transitions(String name, Clock clock, SessionListener listener) {
        this.name = name;
        this.clock = clock;
        this.listener = listener;
        this.latest = new SessionEvent(
                name,
                SessionState.CLOSED,
                SessionState.CLOSED,
                "not started",
                0,
                clock.instant(),
                SessionEvent.Kind.REQUESTED,
                false);
    }

    /** The one that began the present state. */
    SessionEvent latest() {
        return latest;
    }

    SessionState state() {
        return latest.to();
    }

    void to(SessionState next, String reason, int attempt, SessionEvent.Kind kind) {
        SessionEvent event =
                new SessionEvent(name, latest.to(), next, reason, attempt, clock.instant(), kind, wasReady);
        latest = event;
        wasReady = next == SessionState.READY || next == SessionState.DRAINING && wasReady;
        if (next == SessionState.BACKING_OFF) {
            LOG.warn("Session {}: {} -> {}, attempt {}: {}", name, event.from(), next, attempt, reason);
        } else {
            LOG.info("Session {}: {} -> {}, attempt {}: {}", name, event.from(), next, attempt, reason);
        }
        tell(event);
    }

    /** Something happened that is no change of state: since when it lasts, and why, stays. */
    void within(String what, int attempt, SessionEvent.Kind kind) {
        SessionState state = latest.to();
        LOG.info("Session {}: {}, attempt {}: {}", name, state, attempt, what);
        tell(new SessionEvent(name, state, state, what, attempt, clock.instant(), kind, wasReady));
    }

    private void tell(SessionEvent event) {
        try {
            listener.stateChanged(event);
        } catch (RuntimeException e) {
            LOG.warn("Session {}: the listener failed on {}", name, event, e);
        }
    }
}
