package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalException;
import io.github.cxoneassist.ledger.SuggestionKey;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps the rows of an interaction on disk in the order in which the ledger changed, as far as a restart, or a reader, would
 * else be misled:
 *
 * <ul>
 *   <li>the row of an end stands behind the row that gave the slot or the place which it ends: it is handed to the journal
 *       when that one was. What is handed to the journal first is written first;
 *   <li>a row that gives a slot or a place stands behind those of the ends before it, in its interaction: it is handed to the
 *       journal when they are on disk, since they may have to be tried again.
 * </ul>
 *
 * <p>Whoever waits, waits for what the ledger did earlier, so that no two wait for each other. The ledger is to be changed
 * within {@link #inOrder}, and what it did to be told there. Thread-safe; nothing is kept of an interaction that no row is
 * owed of.
 */
final class RowOrder {

    private static final int STRIPES = 256;
    private static final int PATIENCE_SECONDS = 5;

    /** A row that gives a slot or a place, and is not handed to the journal yet. */
    static final class Start {
        private final CompletableFuture<Void> before;
        private final CompletableFuture<Void> handedOver = new CompletableFuture<>();

        private Start(CompletableFuture<Void> before) {
            this.before = before;
        }
    }

    private static final class Lane {
        private final Map<String, Start> starts = new HashMap<>();

        /** Completes when all ends so far are on disk. */
        private CompletableFuture<Void> ends = CompletableFuture.completedFuture(null);

        private boolean isIdle() {
            // an end that could not be written is none: what would take its slot must not get on disk either
            return starts.isEmpty() && ends.isDone() && !ends.isCompletedExceptionally();
        }
    }

    private final Object[] locks = Stream.generate(Object::new).limit(STRIPES).toArray();

    /** A lane is read and changed under its interaction's lock only. */
    private final ConcurrentMap<String, Lane> lanes = new ConcurrentHashMap<>();

    /** One step at a time for an interaction. It must not wait for anything; it may call the methods below. */
    <T> T inOrder(String interactionId, Supplier<T> step) {
        synchronized (locks[Math.floorMod(interactionId.hashCode(), STRIPES)]) {
            return step.get();
        }
    }

    /** The ledger gave it a slot, or a place to wait: a row is owed, until {@link #write} or {@link #settled}. */
    void takes(SuggestionKey key) {
        inOrder(key.interactionId(), () -> {
            Lane lane = lanes.computeIfAbsent(key.interactionId(), id -> new Lane());
            Start replaced = lane.starts.put(key.suggestionId(), new Start(lane.ends));
            if (replaced != null) {
                replaced.handedOver.complete(null);
            }
            return null;
        });
    }

    /** The row that is owed of it; null where none is. */
    Start owed(SuggestionKey key) {
        return inOrder(key.interactionId(), () -> {
            Lane lane = lanes.get(key.interactionId());
            return lane == null ? null : lane.starts.get(key.suggestionId());
        });
    }

    /** Hands over the row that is owed, when it is its turn: at once, but for a moment in the life of an interaction. */
    <T> CompletionStage<T> write(SuggestionKey key, Supplier<CompletionStage<T>> append) {
        Start start = owed(key);
        if (start == null) {
            return append.get();
        }
        return patiently(start.before).handle((done, failure) -> failure).thenCompose(failure -> {
            try {
                return failure == null ? append.get() : CompletableFuture.failedStage(failure);
            } finally {
                settled(key, start);
            }
        });
    }

    /** A source is not to wait for a database that is away: it hears of it, and offers again. */
    private static CompletableFuture<Void> patiently(CompletableFuture<Void> before) {
        if (before.isDone()) {
            return before;
        }
        // a copy: what is owed stays owed
        return before.copy()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof TimeoutException
                                ? new JournalException(
                                        "rows of the same interaction that come before it could not be written for "
                                                + PATIENCE_SECONDS + " s",
                                        failure)
                                : failure));
    }

    /** There is no row to wait for (any more). Further calls do nothing. */
    void settled(SuggestionKey key, Start start) {
        if (start == null) {
            return;
        }
        inOrder(key.interactionId(), () -> {
            Lane lane = lanes.get(key.interactionId());
            if (lane != null) {
                lane.starts.remove(key.suggestionId(), start);
                forgetIfIdle(key.interactionId(), lane);
            }
            return null;
        });
        start.handedOver.complete(null);
    }

    /** The ledger ended it: hands over the row that says so, when it is its turn. */
    <T> CompletionStage<T> end(SuggestionKey key, Supplier<CompletionStage<T>> append) {
        CompletableFuture<Void> onDisk = new CompletableFuture<>();
        Start start = inOrder(key.interactionId(), () -> {
            Lane lane = lanes.computeIfAbsent(key.interactionId(), id -> new Lane());
            lane.ends = lane.ends.isDone() && !lane.ends.isCompletedExceptionally()
                    ? onDisk
                    : CompletableFuture.allOf(lane.ends, onDisk);
            return lane.starts.get(key.suggestionId());
        });
        CompletionStage<T> written =
                start == null ? append.get() : start.handedOver.thenCompose(handedOver -> append.get());
        return written.whenComplete((row, failure) -> {
            if (failure == null) {
                onDisk.complete(null);
            } else {
                onDisk.completeExceptionally(failure);
            }
            inOrder(key.interactionId(), () -> {
                forgetIfIdle(key.interactionId(), lanes.get(key.interactionId()));
                return null;
            });
        });
    }

    /** Completes when the rows of all ends of the interaction so far are on disk; fails where that takes too long for a source. */
    CompletionStage<Void> ends(String interactionId) {
        return patiently(inOrder(interactionId, () -> {
            Lane lane = lanes.get(interactionId);
            return lane == null ? CompletableFuture.completedFuture(null) : lane.ends;
        }));
    }

    /** Interactions that rows are owed of. */
    int size() {
        return lanes.size();
    }

    private void forgetIfIdle(String interactionId, Lane lane) {
        if (lane != null && lane.isIdle()) {
            lanes.remove(interactionId, lane);
        }
    }
}
