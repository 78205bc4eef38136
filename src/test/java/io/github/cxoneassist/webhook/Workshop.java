package io.github.cxoneassist.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The executors of one test, and runtimes on them. */
final class Workshop implements AutoCloseable {

    /** Three tries without a pause that anybody notices. */
    static final RetryPolicy QUICK = new RetryPolicy(
            List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2)), 0, Duration.ofSeconds(10));

    final ExecutorService executor = Executors.newFixedThreadPool(2);
    final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1);
    final GivenUp givenUp = new GivenUp();

    Workshop() {
        timers.setRemoveOnCancelPolicy(true);
    }

    WebhookRuntime runtime(EventFeed feed, CursorStore cursors) {
        return runtime(feed, cursors, new HttpTransport(), QUICK);
    }

    WebhookRuntime runtime(EventFeed feed, CursorStore cursors, Transport transport, RetryPolicy policy) {
        return new WebhookRuntime(
                feed,
                TextSource.NONE,
                cursors,
                transport,
                policy,
                givenUp,
                Clock.systemUTC(),
                new Random(1),
                executor,
                timers);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        timers.shutdownNow();
    }
}
