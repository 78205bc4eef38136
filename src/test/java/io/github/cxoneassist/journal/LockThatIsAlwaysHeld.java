package io.github.cxoneassist.journal;

final class LockThatIsAlwaysHeld implements JournalLock {
    @Override
    public void require() {
        // it is
    }

    @Override
    public void close() {
        // nobody asks
    }
}
