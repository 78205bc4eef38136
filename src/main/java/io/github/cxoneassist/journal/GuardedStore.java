package io.github.cxoneassist.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * A store that writes only while its chain is ours, and only after rows of our own: where somebody else has written while the lock
 * was lost, what we remember of suggestions is out of date, and only a restart reads what happened.
 */
public final class GuardedStore implements JournalStore {
    private final JournalStore store;
    private final JournalLock lock;

    /** More than can be under way on a server, few enough for an outage of weeks. */
    private static final int TRIES = 100;

    /** Hash of the last row that is known to be committed; null before the first look. */
    private String committed;

    /** And those that it may be instead: of each try since whose outcome is unknown, even one that is committed late. */
    private final Deque<String> tried = new ArrayDeque<>();

    public GuardedStore(JournalStore store, JournalLock lock) {
        this.store = Objects.requireNonNull(store, "store");
        this.lock = Objects.requireNonNull(lock, "lock");
    }

    @Override
    public ChainHead head(String node) {
        ChainHead head = store.head(node);
        if (committed == null) {
            committed = head.hash();
        } else if (!committed.equals(head.hash()) && !tried.contains(head.hash())) {
            throw new JournalException("another process has written to the journal of node " + node
                    + ", so that what this one knows is out of date: restart it");
        }
        return head;
    }

    @Override
    public void write(JournalBatch batch) {
        lock.require();
        String last = batch.rows().get(batch.rows().size() - 1).hash();
        tried.addLast(last);
        if (tried.size() > TRIES) {
            tried.removeFirst();
        }
        store.write(batch);
        committed = last;
        tried.clear();
    }
}
