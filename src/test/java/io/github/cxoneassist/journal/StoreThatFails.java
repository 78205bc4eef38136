package io.github.cxoneassist.journal;

import java.util.Set;

/** Refuses certain writes, by their number from 1, and leaves nothing of them behind. */
final class StoreThatFails implements JournalStore {
    private final JournalStore store;
    private final Set<Integer> refused;
    private int writes;

    StoreThatFails(JournalStore store, Set<Integer> refused) {
        this.store = store;
        this.refused = refused;
    }

    @Override
    public ChainHead head(String node) {
        return store.head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        if (refused.contains(++writes)) {
            throw new IllegalStateException("disk full\nDETAIL: what the row held");
        }
        store.write(batch);
    }
}
