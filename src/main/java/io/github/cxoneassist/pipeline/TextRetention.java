package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.Journal;
import io.github.cxoneassist.journal.SuggestionTexts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases texts that are older than so many days, at the start and once an hour, in small batches on a thread of its own. That
 * it is done is on record before it is.
 */
final class TextRetention {

    private static final Logger LOG = LoggerFactory.getLogger(TextRetention.class);

    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int BATCH = 500;

    private final CamelContext camelContext;
    private final SuggestionTexts texts;
    private final Journal journal;
    private final Clock clock;
    private final int days;
    private final ScheduledExecutorService executor;
    private boolean leftInFiles;

    /** @param journal may try until it has written */
    TextRetention(CamelContext camelContext, SuggestionTexts texts, Journal journal, Clock clock, int days) {
        this.camelContext = camelContext;
        this.texts = texts;
        this.journal = journal;
        this.clock = clock;
        this.days = days;
        this.executor = camelContext
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "cxone-assist-text-retention");
    }

    void start() {
        executor.scheduleWithFixedDelay(this::runQuietly, 1, INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    void stop() {
        camelContext.getExecutorServiceManager().shutdownNow(executor);
    }

    private void runQuietly() {
        try {
            run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // a scheduled task that throws is never run again
            LOG.warn(
                    "Texts older than {} days were not erased, which is tried again in an hour: {}",
                    days,
                    e.toString());
        }
    }

    /** Returns when all that is old enough is gone. */
    long run() throws InterruptedException, ExecutionException {
        Instant now = clock.instant();
        Instant before = now.minus(Duration.ofDays(days));
        long found = texts.countOlderThan(before, now);
        long erased = 0;
        if (found > 0) {
            journal.append(SuggestionTexts.retention(days, before, found))
                    .toCompletableFuture()
                    .get();
            erased = texts.eraseOlderThan(before, now, BATCH);
            LOG.info("Erased {} texts of suggestions older than {} days", erased, days);
        }
        if (erased > 0 || leftInFiles) {
            leftInFiles = !texts.forget();
        }
        return erased;
    }
}
