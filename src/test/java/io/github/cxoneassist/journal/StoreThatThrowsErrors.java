package io.github.cxoneassist.journal;

/** Fails its first write with an Error, as a class that is missing does. */
final class StoreThatThrowsErrors implements JournalStore {
    private final JournalStore store;
    private boolean thrown;

    StoreThatThrowsErrors(JournalStore store) {
        this.store = store;
    }

    @Override
    public ChainHead head(String node) {
        return store.head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        if (!thrown) {
            thrown = true;
            throw new NoClassDefFoundError("org/example/Driver");
        }
        store.write(batch);
    }
}
