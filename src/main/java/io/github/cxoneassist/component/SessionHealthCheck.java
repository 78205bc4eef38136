package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SessionState;
import io.github.cxoneassist.session.SessionStatus;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Ready when every session is; a session that is not says why. */
final class SessionHealthCheck extends AbstractHealthCheck {

    private final Collection<SharedSession> sessions;

    SessionHealthCheck(Collection<SharedSession> sessions) {
        super("cxone", "cxone-assist");
        this.sessions = sessions;
    }

    @Override
    public boolean isLiveness() {
        // a restart does not bring CXone back
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.up();
        for (SharedSession session : sessions) {
            session.status().ifPresent(status -> report(builder, session.name(), status));
        }
    }

    private static void report(HealthCheckResultBuilder builder, String name, SessionStatus status) {
        builder.detail(name + ".state", status.state().name());
        builder.detail(name + ".since", status.since().toString());
        builder.detail(name + ".waiting", status.waiting());
        if (status.state() != SessionState.READY) {
            builder.detail(name + ".reason", status.reason());
            builder.message("Session " + name + " is " + status.state() + ": " + status.reason());
            builder.down();
        }
    }
}
