package io.github.cxoneassist.component;

import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.session.SessionListener;
import io.github.cxoneassist.session.SessionState;
import io.github.cxoneassist.session.SessionStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Every meter of one session, from its start to its end. Tags come from closed sets: the name, the states, the kinds of an
 * event. Thread-safe.
 */
final class SessionMetrics implements SessionListener {

    /** Gauge, tag {@code state}: 1 for the state that the session is in, 0 for the others. */
    static final String STATE = "cxone.assist.session.state";
    /** Counter, tags {@code to} and {@code kind}: the events of the session. */
    static final String EVENTS = "cxone.assist.session.events";

    private final String session;
    private final MeterRegistry registry;
    private final Supplier<Optional<SessionStatus>> status;
    private final Set<Meter> meters = ConcurrentHashMap.newKeySet();

    SessionMetrics(String session, MeterRegistry registry, Supplier<Optional<SessionStatus>> status) {
        this.session = session;
        this.registry = registry;
        this.status = status;
        for (SessionState state : SessionState.values()) {
            meters.add(Gauge.builder(STATE, () -> is(state) ? 1 : 0)
                    .description("1 for the state that the session is in")
                    .tag("session", session)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
        counter("sent", "Suggestions handed to the socket", SessionStatus::sent);
        counter("resent", "Suggestions handed to the socket again", SessionStatus::resent);
        counter("unacknowledged", "Suggestions not acknowledged in time", SessionStatus::unacknowledged);
        counter("received", "Frames from CXone", SessionStatus::received);
        counter("malformed", "Frames from CXone that could not be read", SessionStatus::malformed);
        counter("unknown", "Frames from CXone of a type that the protocol does not name", SessionStatus::unknown);
        counter("reconnects", "How often the session became ready again", SessionStatus::reconnects);
        gauge("waiting", "Suggestions that wait for the socket", SessionStatus::waiting);
        gauge("in.flight", "Suggestions written and not yet acknowledged", SessionStatus::inFlight);
        gauge("inbound.waiting", "Frames that wait for the consumer", SessionStatus::inboundWaiting);
        gauge(
                "paused",
                "1 while the consumer is so far behind that the socket is not read",
                now -> now.paused() ? 1 : 0);
    }

    @Override
    public void stateChanged(SessionEvent event) {
        Counter counter = Counter.builder(EVENTS)
                .description("What happened to the session")
                .tag("session", session)
                .tag("to", event.to().name().toLowerCase(Locale.ROOT))
                .tag("kind", event.kind().wireName())
                .register(registry);
        counter.increment();
        meters.add(counter);
    }

    /** A session that is gone has no state to show. */
    void remove() {
        meters.forEach(registry::remove);
    }

    private boolean is(SessionState state) {
        return status.get().map(SessionStatus::state).orElse(SessionState.CLOSED) == state;
    }

    private void counter(String name, String description, ToLongFunction<SessionStatus> value) {
        meters.add(FunctionCounter.builder("cxone.assist.session." + name, status, now -> read(now, value))
                .description(description)
                .tag("session", session)
                .register(registry));
    }

    private void gauge(String name, String description, ToLongFunction<SessionStatus> value) {
        meters.add(Gauge.builder("cxone.assist.session." + name, () -> read(status, value))
                .description(description)
                .tag("session", session)
                .register(registry));
    }

    private static long read(Supplier<Optional<SessionStatus>> status, ToLongFunction<SessionStatus> value) {
        return status.get().map(value::applyAsLong).orElse(0L);
    }
}
