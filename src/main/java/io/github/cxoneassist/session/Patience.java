package io.github.cxoneassist.session;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a send waits. Counted from when the way was last seen free, not from each send: in a long outage every
 * caller would hold its thread or connection for the whole of it, one after the other, to learn what the first one
 * knew. Only on the session's event loop.
 */
final class Patience {

    private final Duration whole;
    private final LongSupplier nanoTime;
    private boolean blocked = true;
    private long blockedSince;

    Patience(Duration whole, LongSupplier nanoTime) {
        this.whole = whole;
        this.nanoTime = nanoTime;
        this.blockedSince = nanoTime.getAsLong();
    }

    void free() {
        blocked = false;
    }

    void blocked() {
        if (!blocked) {
            blocked = true;
            blockedSince = nanoTime.getAsLong();
        }
    }

    /** Zero or less when it is used up. */
    Duration left() {
        return blocked ? whole.minusNanos(nanoTime.getAsLong() - blockedSince) : whole;
    }

    Duration whole() {
        return whole;
    }
}
