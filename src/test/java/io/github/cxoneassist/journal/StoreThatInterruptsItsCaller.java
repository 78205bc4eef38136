package io.github.cxoneassist.journal;

/** Leaves the interrupt flag of the calling thread set, as a careless driver does, and fails when it finds it set. */
final class StoreThatInterruptsItsCaller implements JournalStore {
    private final JournalStore store;

    StoreThatInterruptsItsCaller(JournalStore store) {
        this.store = store;
    }

    @Override
    public ChainHead head(String node) {
        return store.head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted");
        }
        store.write(batch);
        Thread.currentThread().interrupt();
    }
}
