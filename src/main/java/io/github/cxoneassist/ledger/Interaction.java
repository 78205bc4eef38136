package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The suggestions of one interaction. Not safe for threads: the ledger touches it under its lock on the interaction only.
 *
 * <p>Those that have ended stay known until their windows end and may be many; those that still claim, wait or hold a
 * slot are few. They are kept apart, so that counting slots costs as much as there are few.
 */
final class Interaction {

    private final Map<String, Entry> open = new HashMap<>();
    private final Map<String, Entry> over = new HashMap<>();

    /** Until when a content that was dismissed is refused; by digest. */
    private final Map<String, Instant> coolDowns = new HashMap<>();

    Optional<Entry> entry(String suggestionId) {
        Entry entry = open.get(suggestionId);
        return Optional.ofNullable(entry == null ? over.get(suggestionId) : entry);
    }

    Optional<Entry> entryAt(String suggestionId, Instant now) {
        return entry(suggestionId).filter(entry -> entry.openAt(now));
    }

    void put(String suggestionId, Entry entry) {
        (entry.isOver() ? open : over).remove(suggestionId);
        (entry.isOver() ? over : open).put(suggestionId, entry);
    }

    void remove(String suggestionId) {
        open.remove(suggestionId);
        over.remove(suggestionId);
    }

    /** Counted each time: a number kept beside the entries would drift from them. */
    int activeAt(Instant now) {
        return countAt(now, Entry::holdsSlot);
    }

    int waitingAt(Instant now) {
        return countAt(now, Entry::waits);
    }

    /** The ids of those that wait or hold a slot. */
    List<String> endableAt(Instant now) {
        List<String> ids = new ArrayList<>();
        open.forEach((id, entry) -> {
            if ((entry.holdsSlot() || entry.waits()) && entry.openAt(now)) {
                ids.add(id);
            }
        });
        return ids;
    }

    /** The ids of those that waited or held a slot until their window ended. */
    List<String> lapsedAt(Instant now) {
        List<String> ids = new ArrayList<>();
        open.forEach((id, entry) -> {
            if ((entry.holdsSlot() || entry.waits()) && !entry.openAt(now)) {
                ids.add(id);
            }
        });
        return ids;
    }

    boolean hasContentAt(String digest, Instant now) {
        return Stream.concat(open.values().stream(), over.values().stream())
                .anyMatch(entry -> entry.hasContent(digest) && entry.openAt(now));
    }

    Optional<Instant> coolDown(String digest) {
        return Optional.ofNullable(coolDowns.get(digest));
    }

    void coolDown(String digest, Instant until) {
        coolDowns.put(digest, until);
    }

    void endCoolDown(String digest) {
        coolDowns.remove(digest);
    }

    int size() {
        return open.size() + over.size();
    }

    boolean isEmpty() {
        return open.isEmpty() && over.isEmpty() && coolDowns.isEmpty();
    }

    private int countAt(Instant now, Predicate<Entry> which) {
        int count = 0;
        for (Entry entry : open.values()) {
            if (which.test(entry) && entry.openAt(now)) {
                count++;
            }
        }
        return count;
    }
}
