package io.github.cxoneassist.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was accepted and what failed, on whatever thread it is told. */
abstract class CountingContender implements Contender {

    private final AtomicLong accepted = new AtomicLong();
    private final LongAdder failed = new LongAdder();

    final void accept() {
        accept(1);
    }

    final void accept(long howMany) {
        accepted.addAndGet(howMany);
    }

    final void fail() {
        failed.increment();
    }

    @Override
    public final long accepted() {
        return accepted.get();
    }

    @Override
    public String trouble() {
        return failed.sum() == 0 ? "" : failed + " failed";
    }
}
