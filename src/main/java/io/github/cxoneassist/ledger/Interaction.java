package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The suggestions of one interaction at one moment. Immutable, so that a reader needs no lock; copied on change, which
 * is cheap because an interaction has few suggestions within their window.
 */
record Interaction(Map<String, Entry> entries) {

    static final Interaction EMPTY = new Interaction(Map.of());

    Interaction {
        entries = Map.copyOf(entries);
    }

    Optional<Entry> entry(String suggestionId) {
        return Optional.ofNullable(entries.get(suggestionId));
    }

    Optional<Entry> openEntry(String suggestionId, Instant now) {
        return entry(suggestionId).filter(entry -> entry.openAt(now));
    }

    /** Counted each time: a number kept beside the entries would drift from them. */
    int activeAt(Instant now) {
        return (int)
                entries.values().stream().filter(entry -> entry.activeAt(now)).count();
    }

    Interaction with(String suggestionId, Entry entry) {
        Map<String, Entry> changed = new HashMap<>(entries);
        changed.put(suggestionId, entry);
        return new Interaction(changed);
    }

    /** Null for the last one, which is how a map's compute removes the interaction. */
    Interaction without(String suggestionId) {
        Map<String, Entry> changed = new HashMap<>(entries);
        changed.remove(suggestionId);
        return changed.isEmpty() ? null : new Interaction(changed);
    }
}
