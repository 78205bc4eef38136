package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Rings at one time, the earliest that was asked for. Not thread-safe. */
final class Alarm {

    private final ScheduledExecutorService timers;
    private final Runnable bell;
    private ScheduledFuture<?> pending;
    private Instant at;

    Alarm(ScheduledExecutorService timers, Runnable bell) {
        this.timers = timers;
        this.bell = bell;
    }

    void at(Instant wanted, Instant now) {
        // one whose time has come rings now, or has rung: it counts for nothing more
        if (pending != null && at.isAfter(now) && !wanted.isBefore(at)) {
            return;
        }
        off();
        try {
            long millis = Math.max(1, Duration.between(now, wanted).toMillis() + 1);
            pending = timers.schedule(bell, millis, TimeUnit.MILLISECONDS);
            at = wanted;
        } catch (RejectedExecutionException e) {
            // the timers were shut down: nothing rings any more
            pending = null;
        }
    }

    void off() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
