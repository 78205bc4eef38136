package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The one delay that a pump may be waiting for. After {@link #stop} none begins. Thread-safe. */
final class PumpTimer {

    private final ScheduledExecutorService timers;
    private ScheduledFuture<?> pending;
    private boolean stopped;

    PumpTimer(ScheduledExecutorService timers) {
        this.timers = timers;
    }

    /**
     * Replaces the delay before it.
     *
     * @throws RejectedExecutionException where the timers were shut down
     */
    synchronized void after(Duration delay, Runnable task) {
        cancel();
        if (!stopped) {
            pending = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    synchronized void cancel() {
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }

    synchronized void stop() {
        stopped = true;
        cancel();
    }
}
