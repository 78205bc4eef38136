package io.github.cxoneassist.suggestion;

import java.time.Duration;
import java.time.Instant;

/** The time in which a suggestion makes sense, both ends included. The start is never after the end. */
public record ContextWindow(Instant start, Instant end) {

    public ContextWindow {
        if (start.isAfter(end)) {
            throw new IllegalArgumentException("The window starts at " + start + ", after its end at " + end);
        }
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && !moment.isAfter(end);
    }

    public Duration length() {
        return Duration.between(start, end);
    }
}
