package io.github.cxoneassist.journal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds its first write until it is let go. */
final class StoreThatWaits implements JournalStore {
    private final JournalStore store;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    StoreThatWaits(JournalStore store) {
        this.store = store;
    }

    void awaitWrite() {
        await(entered);
    }

    void release() {
        released.countDown();
    }

    @Override
    public ChainHead head(String node) {
        return store.head(node);
    }

    @Override
    public void write(JournalBatch batch) {
        entered.countDown();
        await(released);
        store.write(batch);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
