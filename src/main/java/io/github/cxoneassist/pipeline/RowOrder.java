package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.SuggestionKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keeps the row of an end behind the row of what it ends. The ledger gives a slot, or a place to wait, before the row that says
 * so is handed to the journal; whoever is ended in between must not be on record as ended first, since a restart would take
 * it for alive. Thread-safe; what is handed to the journal first is written first.
 */
final class RowOrder {

    private final ConcurrentMap<SuggestionKey, CompletableFuture<Void>> owed = new ConcurrentHashMap<>();

    /** To be called before the ledger is asked. */
    void owes(SuggestionKey key) {
        owed.computeIfAbsent(key, k -> new CompletableFuture<>());
    }

    /** The row was handed to the journal, or there will be none. Further calls do nothing. */
    void settled(SuggestionKey key) {
        CompletableFuture<Void> done = owed.remove(key);
        if (done != null) {
            done.complete(null);
        }
    }

    /** Completes when no row is owed; at once, but for a moment in the life of a suggestion. */
    CompletionStage<Void> whenSettled(SuggestionKey key) {
        CompletableFuture<Void> pending = owed.get(key);
        return pending == null ? CompletableFuture.completedStage(null) : pending.minimalCompletionStage();
    }
}
