package io.github.cxoneassist.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter. Pure: the same generator gives the same delays.
 *
 * @param initial the ceiling of the first delay; it doubles with each failure
 * @param max the highest ceiling
 */
public record Backoff(Duration initial, Duration max) {

    /** For networks and servers that come back. */
    public static final Backoff NETWORK = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** For refused credentials, which a person has to mend. */
    public static final Backoff AUTHENTICATION = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

    public Backoff {
        if (initial.toMillis() < 1) {
            throw new IllegalArgumentException("initial must be at least 1 ms, not " + initial);
        }
        if (max.compareTo(initial) < 0) {
            throw new IllegalArgumentException("max " + max + " must not be less than initial " + initial);
        }
    }

    /**
     * The delay before the next attempt: the floor, plus a random part between zero and the ceiling. The random part
     * comes on top, so that clients which a server sent away together don't return together.
     *
     * @param failures consecutive failures so far, from 1
     * @param floor the least delay, for instance a server's Retry-After
     */
    public Duration delay(int failures, Duration floor, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures starts at 1, not " + failures);
        }
        long jitter = random.nextLong(ceiling(failures).toMillis() + 1);
        return floor.plusMillis(jitter);
    }

    Duration ceiling(int failures) {
        // beyond 2^30 any ceiling is reached, and the multiplication could overflow
        long factor = 1L << Math.min(failures - 1, 30);
        return max.dividedBy(factor).compareTo(initial) < 0 ? max : initial.multipliedBy(factor);
    }
}
