package io.github.cxoneassist.webhook;

import java.util.concurrent.atomic.LongAdder;

/** What one pump did since it was made. Thread-safe; no count is taken back. */
final class PumpCounters {

    private final LongAdder delivered = new LongAdder();
    private final LongAdder failedTries = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private volatile String lastFailure = "";

    void countDelivered() {
        delivered.increment();
        lastFailure = "";
    }

    void countFailedTry(String failure) {
        failedTries.increment();
        lastFailure = failure;
    }

    void countGivenUp() {
        givenUp.increment();
    }

    SubscriberStatus status(Subscriber subscriber, long behindBy) {
        return new SubscriberStatus(
                subscriber.name(),
                subscriber.target().shown(),
                delivered.sum(),
                failedTries.sum(),
                givenUp.sum(),
                behindBy,
                lastFailure);
    }
}
