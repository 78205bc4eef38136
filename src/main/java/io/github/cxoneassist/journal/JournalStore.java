package io.github.cxoneassist.journal;

/**
 * Puts batches on disk. Blocking; one thread at a time calls it. Any exception means that the outcome is unknown: the
 * journal asks for the head again before it goes on.
 */
public interface JournalStore {
    /** The last row of the node's chain that is committed, {@link ChainHead#GENESIS} where there is none. */
    ChainHead head(String node);

    /**
     * Writes the batch in one transaction, all of it or nothing, and returns when it is committed. A row whose node and
     * number exist already fails the batch.
     */
    void write(JournalBatch batch);
}
