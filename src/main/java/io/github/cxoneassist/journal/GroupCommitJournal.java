package io.github.cxoneassist.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal with one writing thread: a transaction holds all that arrived while the one before it was written. There is
 * no timer, so an idle system commits at once, and a busy one shares the cost of a commit among all who wait for it.
 *
 * <p>A batch that is not written fails its own entries only. What waits behind it keeps its order and is tried next.
 */
public final class GroupCommitJournal implements Journal, AutoCloseable {
    public static final int DEFAULT_CAPACITY = 10_000;
    public static final int DEFAULT_MAX_BATCH = 1_000;

    /** Longer than a lock is waited for, and no commit of a healthy database takes as long. */
    private static final Duration SLOW = Duration.ofSeconds(6);

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitJournal.class);

    private record Pending(JournalEntry entry, CompletableFuture<JournalRow> done) {}

    private final BoundedQueue<Pending> queue;
    private final int maxBatch;
    private final ChainWriter chain;
    private final List<Consumer<List<JournalRow>>> listeners = new CopyOnWriteArrayList<>();
    private final Thread writer;
    private volatile String trouble;
    private volatile long failedAtNanos;

    /** The batch that is being written, and since when; null while none is. */
    private volatile UnderWay underWay;

    private record UnderWay(int entries, long sinceNanos) {}

    /** A journal whose hashes are plain. */
    public GroupCommitJournal(
            JournalStore store, String node, Clock clock, ThreadFactory threads, int capacity, int maxBatch) {
        this(store, node, ChainKeys.NONE, clock, threads, capacity, maxBatch);
    }

    /**
     * Starts the writer. The store is not asked for anything before the first append.
     *
     * @param node whose chain this is; no two running journals should share it (they would not fork the chain, but fail
     *     each other's batches)
     * @param keys whose first one makes the hashes
     * @param capacity how many entries may wait before {@code append} refuses
     * @param maxBatch how many rows a transaction has at most
     */
    public GroupCommitJournal(
            JournalStore store,
            String node,
            ChainKeys keys,
            Clock clock,
            ThreadFactory threads,
            int capacity,
            int maxBatch) {
        if (capacity < 1 || maxBatch < 1) {
            throw new IllegalArgumentException(
                    "capacity and maxBatch are at least 1, not " + capacity + " and " + maxBatch);
        }
        this.queue = new BoundedQueue<>(capacity);
        this.maxBatch = maxBatch;
        this.chain = new ChainWriter(
                store,
                Objects.requireNonNull(node, "node"),
                clock,
                keys.writing().orElse(null));
        this.writer = threads.newThread(this::writeUntilClosed);
        writer.start();
    }

    /** As promised by {@link Journal}; fails at once when too many entries wait, and after {@link #close()}. */
    @Override
    public CompletionStage<JournalRow> append(JournalEntry entry) {
        Pending pending = new Pending(Objects.requireNonNull(entry, "entry"), new CompletableFuture<>());
        return switch (queue.offer(pending)) {
            // minimal: a caller who completed the stage himself would be believed by everybody who shares it
            case TAKEN -> pending.done().minimalCompletionStage();
            case FULL ->
                refused("the journal is behind: " + queued()
                        + " entries wait to be written, and it takes no more until the database has caught up");
            case CLOSED -> refused("the journal is closed");
        };
    }

    /**
     * Calls the listener with the rows of each commit from now on, in their order, on the writing thread and after the
     * stages of these rows are completed. What it throws is logged and harms nothing; what it waits for, all wait for.
     */
    public void onCommitted(Consumer<List<JournalRow>> listener) {
        listeners.add(listener);
    }

    /** How many entries wait, without those that are being written now. */
    public int queued() {
        return queue.size();
    }

    /** Why the last batch was not written, or that this one takes too long; empty once one was. */
    public Optional<String> trouble() {
        UnderWay slow = underWay;
        if (slow != null) {
            Duration waited = Duration.ofNanos(System.nanoTime() - slow.sinceNanos());
            if (waited.compareTo(SLOW) >= 0) {
                return Optional.of(slow.entries() + " journal entries have been waiting for the database for "
                        + waited.toSeconds() + " s");
            }
        }
        return Optional.ofNullable(trouble);
    }

    /**
     * To be told that the database answers while nothing is written: where whoever would offer something looks at our health first,
     * the last failure would else be the last word for ever.
     */
    public void databaseAnswers() {
        boolean fresh = System.nanoTime() - failedAtNanos < SLOW.toNanos();
        if (trouble != null && !fresh && underWay == null && queued() == 0) {
            trouble = null;
        }
    }

    /**
     * Takes no more entries, writes those that wait, and returns when they are written or have failed. It takes as long
     * as the store takes; an interrupt ends the waiting, not the writing. May be called again.
     */
    @Override
    public void close() {
        queue.close();
        if (Thread.currentThread() == writer) {
            return;
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interrupted while the journal wrote its last entries; {} still wait", queued());
        }
    }

    private void writeUntilClosed() {
        List<Pending> batch = queue.take(maxBatch);
        while (!batch.isEmpty()) {
            write(batch);
            // an interrupt that a listener or a driver left behind would fail each database call from here on
            Thread.interrupted();
            batch = queue.take(maxBatch);
        }
    }

    private void write(List<Pending> batch) {
        List<JournalRow> rows;
        underWay = new UnderWay(batch.size(), System.nanoTime());
        try {
            rows = chain.write(batch.stream().map(Pending::entry).toList());
        } catch (Throwable e) { // an Error too: without this thread every append would wait for ever
            fail(batch, e);
            return;
        } finally {
            underWay = null;
        }
        if (trouble != null) {
            LOG.info("The journal is written again");
            trouble = null;
        }
        for (int i = 0; i < rows.size(); i++) {
            batch.get(i).done().complete(rows.get(i));
        }
        listeners.forEach(listener -> tell(listener, rows));
    }

    private void fail(List<Pending> batch, Throwable cause) {
        String what = batch.size() + " journal entries were not written: " + firstLine(cause);
        if (trouble == null) {
            LOG.warn("{}", what);
        }
        LOG.debug("{}", what, cause);
        failedAtNanos = System.nanoTime();
        trouble = what;
        JournalException failure = new JournalException(what, cause);
        batch.forEach(pending -> pending.done().completeExceptionally(failure));
    }

    private static void tell(Consumer<List<JournalRow>> listener, List<JournalRow> rows) {
        try {
            listener.accept(rows);
        } catch (Throwable e) { // as above
            LOG.error("A listener failed on the rows up to {}", rows.get(rows.size() - 1), e);
        }
    }

    /** Databases put the values of a refused row into the lines after the first; they may be a suggestion's text. */
    private static String firstLine(Throwable cause) {
        return cause.toString().lines().findFirst().orElse("");
    }

    private static CompletionStage<JournalRow> refused(String message) {
        return CompletableFuture.failedStage(new JournalException(message));
    }
}
