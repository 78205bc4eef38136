package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a subscriber fares, as of the last look. Nothing in it is secret.
 *
 * @param target without the query
 * @param reason why it is disabled or left alone, or how the last try failed; empty where all is well
 * @param behind rows of the log between the subscriber and the head. Not all of them need be events for it
 * @param behindSince when the first of these was recorded
 * @param parked what it passed and is to be told again: that is no part of {@code behind}
 */
public record SubscriberStatus(
        String name,
        String target,
        State state,
        String reason,
        long behind,
        Optional<Instant> behindSince,
        Parked parked) {

    public enum State {
        /** All that is there is told. */
        DELIVERING,
        /** Its breaker is open: but for a probe now and then it is left alone. */
        LEFT_ALONE,
        /** By its settings. */
        PAUSED,
        /** It said that it is gone. */
        DISABLED
    }

    /** Age of the oldest row that it has not passed. What is parked has an age of its own. */
    public Duration lag(Instant now) {
        return since(behindSince, now);
    }

    /** For how long the first of what is parked has been tried. */
    public Duration parkedFor(Instant now) {
        return since(parked.since(), now);
    }

    private static Duration since(Optional<Instant> begin, Instant now) {
        return begin.filter(now::isAfter)
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
    }
}
