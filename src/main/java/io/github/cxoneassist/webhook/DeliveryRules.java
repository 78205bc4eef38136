package io.github.cxoneassist.webhook;

import java.time.Duration;

/**
 * How patient the delivery is.
 *
 * @param schedule of what failed by itself
 * @param timeout for how long one try may go without an answer; longer than that of the transport, which knows more of the
 *     reason
 * @param breather for how long a subscriber in trouble is left alone at least
 * @param firstOpen for how long a breaker is open the first time
 * @param longestOpen what that grows to
 * @param group how long what is settled waits for more before it is written
 * @param look how often subscribers are looked after
 */
public record DeliveryRules(
        RetrySchedule schedule,
        Duration timeout,
        Duration breather,
        Duration firstOpen,
        Duration longestOpen,
        Duration group,
        Duration look) {

    /** How many events of one subscriber are in memory at most. */
    static final int WINDOW = 256;

    public static DeliveryRules of(RetrySchedule schedule) {
        return new DeliveryRules(
                schedule,
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofMillis(200),
                Duration.ofSeconds(2));
    }
}
