package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.Comparator;

/**
 * When something is to be dropped: a suggestion, or the cool-down of a content.
 *
 * @param id of the suggestion, or the digest of the content
 */
record Deadline(Instant until, String interactionId, String id, boolean coolDown) implements Comparable<Deadline> {

    private static final Comparator<Deadline> ORDER = Comparator.comparing(Deadline::until)
            .thenComparing(Deadline::interactionId)
            .thenComparing(Deadline::id)
            .thenComparing(Deadline::coolDown);

    static Deadline of(SuggestionKey key, Entry entry) {
        return new Deadline(entry.until(), key.interactionId(), key.suggestionId(), false);
    }

    @Override
    public int compareTo(Deadline other) {
        return ORDER.compare(this, other);
    }
}
