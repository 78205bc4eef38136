package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How often an event is tried, and how patiently.
 *
 * @param pauses the pause before each try, the first try included; as many as there are tries
 * @param jitter the share of a pause, from 0 to 1, by which it may be shorter or longer, so that subscribers that
 *     failed together are not tried together for ever
 * @param timeout for how long one try may go without an answer
 */
public record RetryPolicy(List<Duration> pauses, double jitter, Duration timeout) {

    /** Five tries within about 80 seconds, of 15 seconds each at most. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            List.of(
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60)),
            0.2,
            Duration.ofSeconds(15));

    public RetryPolicy {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty() || pauses.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("A retry policy needs a pause, zero or longer, for each try: " + pauses);
        }
        // "inside", not "outside": NaN is neither
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("The jitter must lie between 0 and 1: " + jitter);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The time-out of a try must be longer than zero: " + timeout);
        }
    }

    int tries() {
        return pauses.size();
    }

    /** @param number of the try, from 1 */
    Duration pauseBefore(int number, RandomGenerator random) {
        long nanos = pauses.get(number - 1).toNanos();
        double factor = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofNanos((long) (nanos * factor));
    }
}
