package io.github.cxoneassist.journal;

import java.util.Set;

/** Loses the answer to certain commits, by their number from 1: the rows are there, the caller hears of a failure. */
final class StoreThatCommitsAndThenReportsFailure implements JournalStore {
    private final JournalStore store;
    private final Set<Integer> unanswered;
    private int writes;

    StoreThatCommitsAndThenReportsFailure(JournalStore store, Set<Integer> unanswered) {
        this.store = store;
        this.unanswered = unanswered;
    }

    @Override
    public ChainHead head(String node) {
        return store.head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        store.write(batch);
        if (unanswered.contains(++writes)) {
            throw new IllegalStateException("connection lost during commit");
        }
    }
}
