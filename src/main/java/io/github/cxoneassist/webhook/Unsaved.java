package io.github.cxoneassist.webhook;

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
    private final Set<Long> done = new HashSet<>();
    private final Map<Long, ParkedRow> parked = new LinkedHashMap<>();
    private final List<DeadRow> dead = new ArrayList<>();
    private Instant notBefore;
    private String gone;
    private int count;
    private Instant since;

    /** @param patience how long the first of a group waits for others */
    Unsaved(Duration patience) {
        this.patience = patience;
    }

    void delivered(Errand errand, Instant now) {
        if (errand.isRetry()) {
            done.add(errand.seq());
        }
        count(now);
    }

    void parked(ParkedRow row, Instant now) {
        parked.put(row.seq(), row);
        count(now);
    }

    void dead(DeadRow row, Instant now) {
        dead.add(row);
        count(now);
    }

    void leftAlone(Instant until, Instant now) {
        notBefore = until;
        count(now);
    }

    void gone(String reason, Instant now) {
        gone = reason;
        count(now);
    }

    private void count(Instant now) {
        count++;
        since = since == null ? now : since;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** What is read from the store would be wrong without it. */
    boolean bearsOnReading() {
        return !parked.isEmpty() || !done.isEmpty() || !dead.isEmpty();
    }

    boolean isDue(Instant now) {
        return count >= GROUP || gone != null || count > 0 && !now.isBefore(dueAt());
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
