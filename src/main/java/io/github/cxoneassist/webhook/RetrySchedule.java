package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When an event that was not taken is tried again: after pauses that double, until its time is over.
 *
 * @param first the pause after the first try
 * @param longest what no pause exceeds, before jitter
 * @param retryFor from the first try to the last
 * @param jitter the share of a pause, below 1, by which it may be shorter or longer, so that what failed together is not
 *     tried together for ever
 */
public record RetrySchedule(Duration first, Duration longest, Duration retryFor, double jitter) {

    /** About a dozen tries within a day. */
    public static final RetrySchedule DEFAULT = of(Duration.ofHours(24));

    public RetrySchedule {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "The first pause must be longer than zero, and the longest no shorter: " + first + ", " + longest);
        }
        if (retryFor.isNegative()) {
            throw new IllegalArgumentException("The time for retries must not be negative: " + retryFor);
        }
        // "inside", not "outside": NaN is neither
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("The jitter must be 0 or more, and less than 1: " + jitter);
        }
    }

    public static RetrySchedule of(Duration retryFor) {
        return new RetrySchedule(Duration.ofSeconds(5), Duration.ofHours(4), retryFor, 0.2);
    }

    /**
     * When to try again; empty once the time is over. The last try is exactly at its end, however long the pause before
     * would have been.
     *
     * @param tries made so far, 1 at least
     */
    Optional<Instant> next(int tries, Instant firstTry, Instant now, RandomGenerator random) {
        Instant end = firstTry.plus(retryFor);
        if (!now.isBefore(end)) {
            return Optional.empty();
        }
        Instant due = now.plus(pauseAfter(tries, random));
        return Optional.of(due.isBefore(end) ? due : end);
    }

    private Duration pauseAfter(int tries, RandomGenerator random) {
        // doubling in double: it can't overflow, and what is too long is cut off
        double nanos = Math.min(longest.toNanos(), first.toNanos() * Math.pow(2, Math.max(0, tries - 1)));
        return Duration.ofNanos((long) (nanos * (1 + jitter * (2 * random.nextDouble() - 1))));
    }
}
