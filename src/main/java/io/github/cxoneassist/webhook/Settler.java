package io.github.cxoneassist.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Draws the consequences of a try for the event and for those behind it. No I/O; not thread-safe. */
final class Settler {

    private static final String BEHIND = "waits for an earlier event of its interaction";
    private static final String OVERTAKEN = "it was not told when the application stopped";

    private final Lanes lanes;
    private final Unsaved unsaved;
    private final RetrySchedule schedule;
    private final RandomGenerator random;

    Settler(Lanes lanes, Unsaved unsaved, RetrySchedule schedule, RandomGenerator random) {
        this.lanes = lanes;
        this.unsaved = unsaved;
        this.schedule = schedule;
        this.random = random;
    }

    static ParkedRow behind(Errand errand, Instant due) {
        return new ParkedRow(errand.seq(), errand.lane(), 0, null, due, BEHIND);
    }

    /** Nothing more is told: what was told out of turn would else be told again, with all that it has overtaken. */
    void endsHere(Instant now) {
        for (Errand overtaken : lanes.withdrawOvertaken()) {
            unsaved.parked(new ParkedRow(overtaken.seq(), overtaken.lane(), 0, null, now, OVERTAKEN));
        }
    }

    void delivered(Errand errand) {
        lanes.settle(errand);
        unsaved.delivered(errand);
    }

    /** False: its time was over, and it is dead. */
    boolean failed(Errand errand, String reason, Duration pause, Instant now) {
        int tries = errand.tries() + 1;
        Instant firstTry = errand.isRetry() && errand.parked().firstTry() != null
                ? errand.parked().firstTry()
                : now;
        Optional<Instant> next = schedule.next(tries, firstTry, now, random);
        if (next.isEmpty()) {
            dead(errand, reason, now);
            return false;
        }
        Instant asked = now.plus(pause);
        Instant due = next.get().isAfter(asked) ? next.get() : asked;
        lanes.settle(errand);
        unsaved.parked(new ParkedRow(errand.seq(), errand.lane(), tries, firstTry, due, reason));
        for (Errand later : lanes.withdraw(errand.lane())) {
            // a retry has its row
            if (!later.isRetry()) {
                unsaved.parked(behind(later, due));
            }
        }
        return true;
    }

    void dead(Errand errand, String reason, Instant now) {
        lanes.settle(errand);
        unsaved.dead(new DeadRow(errand.seq(), errand.lane(), errand.event().event(), errand.tries() + 1, reason, now));
    }
}
