package io.github.cxoneassist.journal;

/** Fails when it is asked for the head the first time. */
final class StoreThatCannotTellItsHeadOnce implements JournalStore {
    private final JournalStore store;
    private boolean asked;

    StoreThatCannotTellItsHeadOnce(JournalStore store) {
        this.store = store;
    }

    @Override
    public ChainHead head(String node) {
        if (!asked) {
            asked = true;
            throw new IllegalStateException("no connection");
        }
        return store.head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        store.write(batch);
    }
}
