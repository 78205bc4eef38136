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
 * @param parkedSince when the first of what is to be sent again was tried first
 */
public record SubscriberStatus(
        String name,
        String target,
        State state,
        String reason,
        long behind,
        Optional<Instant> behindSince,
        Optional<Instant> parkedSince) {

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

    /** Age of the oldest row that it has not passed. */
    public Duration lag(Instant now) {
        return since(behindSince, now);
    }

    /** For how long the first of what is parked has been tried. */
    public Duration parkedFor(Instant now) {
        return since(parkedSince, now);
    }

    private static Duration since(Optional<Instant> begin, Instant now) {
        return begin.filter(now::isAfter)
                .map(since -> Duration.between(since, now))
                .orElse(Duration.ZERO);
    }
}
