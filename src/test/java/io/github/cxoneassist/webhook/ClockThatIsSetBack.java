package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** That of the system, until somebody corrects it. */
final class ClockThatIsSetBack extends Clock {

    private volatile Duration by = Duration.ZERO;

    void setBack(Duration by) {
        this.by = by;
    }

    @Override
    public Instant instant() {
        return Instant.now().minus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
