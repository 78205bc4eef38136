package io.github.cxoneassist.journal;

import java.time.Instant;

/**
 * The last row of a node's chain, as far as the next row needs it.
 *
 * @param seq 0 where the node has no row yet
 * @param at when the last row was written; the next one is never earlier, across restarts too
 */
public record ChainHead(long seq, String hash, Instant at) {
    /** Where every chain begins. */
    public static final ChainHead GENESIS = new ChainHead(0, "0".repeat(64), Instant.EPOCH);

    public static ChainHead of(JournalRow row) {
        return new ChainHead(row.seq(), row.hash(), row.at());
    }
}
