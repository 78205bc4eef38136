package io.github.cxoneassist.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** How a row is bound to the one before it. The scheme is described with the package. */
final class HashChain {
    private HashChain() {}

    /** The row for an entry that comes next after {@code head}, its hash a plain SHA-256. */
    static JournalRow next(ChainHead head, String node, Instant at, JournalEntry entry) {
        return next(head, node, at, entry, null);
    }

    /** @param key makes the hash; null for a plain SHA-256 */
    static JournalRow next(ChainHead head, String node, Instant at, JournalEntry entry, ChainKey key) {
        JournalRow unsealed = new JournalRow(
                node,
                head.seq() + 1,
                at,
                entry.event().wireName(),
                entry.interactionId(),
                entry.suggestionId(),
                entry.reason(),
                CanonicalJson.of(entry.details()),
                head.hash(),
                null,
                key == null ? null : key.id());
        return unsealed.withHash(hashOf(unsealed, key));
    }

    /**
     * What the row's hash must be, given all its other fields.
     *
     * @param key the one that the row names; null for a row that names none
     */
    static String hashOf(JournalRow row, ChainKey key) {
        String text = CanonicalRow.hashed(row);
        return key == null ? Sha256.hex(text) : key.hmac(text.getBytes(StandardCharsets.UTF_8));
    }
}
