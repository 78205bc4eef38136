package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is settled and not yet written: it is written in groups, because each costs the disk the same. Not thread-safe. */
final class Unsaved {

    private static final int GROUP = 64;

    private final Duration patience;
    private final Clock clock;
    private final Set<Long> done = new HashSet<>();
    private final Map<Long, ParkedRow> parked = new LinkedHashMap<>();
    private final List<DeadRow> dead = new ArrayList<>();
    private Instant notBefore;
    private String gone;
    private int count;
    private Instant since;

    /**
     * @param patience how long the first of a group waits for others
     * @param clock which is never set back
     */
    Unsaved(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    void delivered(Errand errand) {
        if (errand.isRetry()) {
            done.add(errand.seq());
        }
        count();
    }

    void parked(ParkedRow row) {
        parked.put(row.seq(), row);
        count();
    }

    void dead(DeadRow row) {
        dead.add(row);
        count();
    }

    void leftAlone(Instant until) {
        notBefore = until;
        count();
    }

    void gone(String reason) {
        gone = reason;
        count();
    }

    private void count() {
        count++;
        since = since == null ? clock.instant() : since;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** What is read from the store would be wrong without it. */
    boolean bearsOnReading() {
        return !parked.isEmpty() || !done.isEmpty() || !dead.isEmpty();
    }

    boolean isDue() {
        return count >= GROUP || gone != null || count > 0 && !clock.instant().isBefore(dueAt());
    }

    /** Only where there is something. */
    Instant dueAt() {
        return since.plus(patience);
    }

    Settlement upTo(long cursor) {
        return new Settlement(
                cursor, Set.copyOf(done), List.copyOf(parked.values()), List.copyOf(dead), notBefore, gone);
    }

    void clear() {
        done.clear();
        parked.clear();
        dead.clear();
        notBefore = null;
        gone = null;
        count = 0;
        since = null;
    }
}
