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
    private volatile SessionEvent latest;

    Transitions(String name, Clock clock, SessionListener listener) {
        this.name = name;
        this.clock = clock;
        this.listener = listener;
        this.latest = new SessionEvent(
                SessionState.CLOSED,
                SessionState.CLOSED,
                "not started",
                0,
                clock.instant(),
                SessionEvent.Kind.REQUESTED);
    }

    SessionEvent latest() {
        return latest;
    }

    SessionState state() {
        return latest.to();
    }

    void to(SessionState next, String reason, int attempt, SessionEvent.Kind kind) {
        SessionEvent event = new SessionEvent(latest.to(), next, reason, attempt, clock.instant(), kind);
        latest = event;
        if (next == SessionState.BACKING_OFF) {
            LOG.warn("Session {}: {} -> {}, attempt {}: {}", name, event.from(), next, attempt, reason);
        } else {
            LOG.info("Session {}: {} -> {}, attempt {}: {}", name, event.from(), next, attempt, reason);
        }
        try {
            listener.stateChanged(event);
        } catch (RuntimeException e) {
            LOG.warn("Session {}: the listener failed on {}", name, event, e);
        }
    }
}
