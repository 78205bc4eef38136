package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.Journal;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalRow;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal for what has happened already: nobody can be told to offer it again, so an entry that could not be written is
 * appended again, after a pause that doubles to some seconds, until it is. Thread-safe; holds no thread while it waits.
 *
 * <p>An entry whose first commit happened without our knowing stands twice then: better than not at all.
 */
final class InsistentJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(InsistentJournal.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Journal journal;
    private final ScheduledExecutorService timer;

    /** @param timer when it is shut down, what waits fails with the reason of its last try */
    InsistentJournal(Journal journal, ScheduledExecutorService timer) {
        this.journal = journal;
        this.timer = timer;
    }

    @Override
    public CompletionStage<JournalRow> append(JournalEntry entry) {
        CompletableFuture<JournalRow> written = new CompletableFuture<>();
        attempt(entry, FIRST_PAUSE, written);
        return written;
    }

    private void attempt(JournalEntry entry, Duration pause, CompletableFuture<JournalRow> written) {
        journal.append(entry).whenComplete((row, failure) -> {
            if (failure == null) {
                written.complete(row);
                return;
            }
            try {
                Duration next =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
                timer.schedule(() -> attempt(entry, next, written), pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopped) {
                LOG.warn("{} is not in the journal: {}", entry, failure.getMessage());
                written.completeExceptionally(failure);
            }
        });
    }
}
