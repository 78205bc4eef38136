package io.github.cxoneassist.session;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The timers of one session, kept in view so that a stop can leave none. Only on the session's event loop. */
final class Timers {

    static final long NONE = -1;

    private final Context context;
    private final Set<Long> running = new HashSet<>();

    Timers(Context context) {
        this.context = context;
    }

    long set(Duration delay, Runnable action) {
        // 0 would be refused, and a fraction of a millisecond must not become 0
        long id = context.owner().setTimer(Math.max(1, delay.toMillis()), fired -> {
            // a timer that fired in the same turn in which it was cancelled is still delivered
            if (running.remove(fired)) {
                action.run();
            }
        });
        running.add(id);
        return id;
    }

    void cancel(long id) {
        if (running.remove(id)) {
            context.owner().cancelTimer(id);
        }
    }

    int running() {
        return running.size();
    }
}
