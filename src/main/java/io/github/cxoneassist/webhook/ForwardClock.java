package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Follows another clock, and goes on where that is set back: what was to last a second lasts no hour. Only good for pauses, not
 * for what is written down. Not thread-safe.
 */
final class ForwardClock extends Clock {

    private final Clock clock;
    private Instant last = Instant.MIN;
    private Duration setBack = Duration.ZERO;

    ForwardClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant instant() {
        Instant now = clock.instant();
        if (now.isBefore(last)) {
            setBack = setBack.plus(Duration.between(now, last));
        }
        last = now;
        return now.plus(setBack);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ForwardClock(clock.withZone(zone));
    }
}
