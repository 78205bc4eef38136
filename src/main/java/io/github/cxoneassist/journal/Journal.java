package io.github.cxoneassist.journal;

import java.util.concurrent.CompletionStage;

/** Where everything that must be provable later is recorded first. Thread-safe. */
public interface Journal {
    /**
     * Records an entry. Never blocks.
     *
     * <p>The stage completes when the row is on disk. It fails with a {@link JournalException} when it is not, or when
     * nobody can say whether it is: then the caller may try again, and the log may hold the event twice.
     *
     * <p>Both happen on the journal's one writing thread, which every other caller waits for: whatever takes time, or
     * goes on with a route, belongs on an executor of the caller's ({@code whenCompleteAsync}).
     *
     * <p>The rows of one thread's appends stand in the order in which it appended them.
     */
    CompletionStage<JournalRow> append(JournalEntry entry);
}
