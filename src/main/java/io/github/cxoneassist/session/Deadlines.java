package io.github.cxoneassist.session;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A deadline for each of many things, and one timer for all: thousands come and go for each that is missed. Only on the
 * session's event loop.
 */
final class Deadlines<T> {

    private record Due<T>(long at, long number, T item) {}

    private final Timers timers;
    private final LongSupplier nanoTime;
    private final Consumer<T> missed;
    // differences are safe to compare, absolute values of a monotonic clock are not
    private final long origin;

    private final Map<T, Due<T>> byItem = new HashMap<>();
    private final TreeSet<Due<T>> inOrder =
            new TreeSet<>(Comparator.<Due<T>>comparingLong(Due::at).thenComparingLong(Due::number));
    private long numbers;
    private long timer = Timers.NONE;
    private long timerAt;

    /** @param missed gets what is due, which is no longer in here by then */
    Deadlines(Timers timers, LongSupplier nanoTime, Consumer<T> missed) {
        this.timers = timers;
        this.nanoTime = nanoTime;
        this.missed = missed;
        this.origin = nanoTime.getAsLong();
    }

    /** Takes the place of the deadline that the item had. */
    void set(T item, Duration in) {
        cancel(item);
        Due<T> due = new Due<>(now() + Math.max(1_000_000, in.toNanos()), numbers++, item);
        byItem.put(item, due);
        inOrder.add(due);
        arm();
    }

    /** Leaves the timer alone: it looks for the next one when it fires. */
    void cancel(T item) {
        Due<T> due = byItem.remove(item);
        if (due != null) {
            inOrder.remove(due);
        }
    }

    void clear() {
        byItem.clear();
        inOrder.clear();
        timers.cancel(timer);
        timer = Timers.NONE;
    }

    int size() {
        return byItem.size();
    }

    private void arm() {
        if (inOrder.isEmpty()) {
            return;
        }
        long first = inOrder.first().at();
        if (timer != Timers.NONE && timerAt <= first) {
            return;
        }
        timers.cancel(timer);
        timerAt = first;
        // rounded up: fired a moment early, it would find nothing and start again
        timer = timers.set(Duration.ofNanos(Math.max(0, first - now())).plusMillis(1), this::fire);
    }

    private void fire() {
        timer = Timers.NONE;
        long now = now();
        while (!inOrder.isEmpty() && inOrder.first().at() <= now) {
            Due<T> due = inOrder.pollFirst();
            byItem.remove(due.item());
            missed.accept(due.item());
        }
        arm();
    }

    private long now() {
        return nanoTime.getAsLong() - origin;
    }
}
