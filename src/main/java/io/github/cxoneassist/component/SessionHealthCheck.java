package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SessionState;
import io.github.cxoneassist.session.SessionStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready when every session is, and its frames are taken; a session that is not says why. */
final class SessionHealthCheck extends AbstractHealthCheck {

    /** A consumer that is so far behind for so long hangs: decisions of agents are stuck behind it. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Collection<SharedSession> sessions;
    private final Clock clock;

    SessionHealthCheck(Collection<SharedSession> sessions, Clock clock) {
        super("cxone", "cxone-assist");
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public boolean isLiveness() {
        // a restart does not bring CXone back
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        Instant now = clock.instant();
        for (SharedSession session : sessions) {
            session.status().ifPresent(status -> {
                builder.detail(session.name() + ".state", status.state().name());
                builder.detail(session.name() + ".since", status.since().toString());
                builder.detail(session.name() + ".waiting", status.waiting());
                builder.detail(session.name() + ".inboundWaiting", status.inboundWaiting());
                trouble(status, now).ifPresent(reason -> {
                    builder.detail(session.name() + ".reason", reason);
                    builder.message("Session " + session.name() + " is " + status.state() + ": " + reason);
                    builder.down();
                });
            });
        }
    }

    /** What is wrong; empty where nothing is. */
    static Optional<String> trouble(SessionStatus status, Instant now) {
        if (status.state() != SessionState.READY) {
            return Optional.of(status.reason());
        }
        Instant pausedSince = status.pausedSince();
        if (pausedSince != null && pausedSince.isBefore(now.minus(LONGEST_PAUSE))) {
            return Optional.of("not read since " + pausedSince + ", because the route that consumes its events is "
                    + status.inboundWaiting() + " frames behind");
        }
        return Optional.empty();
    }
}
