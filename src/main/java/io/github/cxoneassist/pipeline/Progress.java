package io.github.cxoneassist.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When to tell how far something has come: every two seconds, so never of what is done sooner. Not thread-safe. */
final class Progress {

    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Clock clock;
    private Instant next;
    private boolean told;

    /** Begins now. */
    Progress(Clock clock) {
        this.clock = clock;
        this.next = clock.instant().plus(QUIET);
    }

    /** @param done whoever was told of the beginning is told of the end too */
    boolean due(boolean done) {
        Instant now = clock.instant();
        boolean due = !now.isBefore(next) || told && done;
        if (due) {
            told = true;
            next = now.plus(QUIET);
        }
        return due;
    }
}
