package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.Checkpoint;
import io.github.cxoneassist.journal.CheckpointMaker;
import io.github.cxoneassist.journal.CheckpointStore;
import io.github.cxoneassist.journal.JournalRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes checkpoints every now and then, and hands each to the anchor until it has it. On threads of its own: no commit
 * waits for it. What a crash left without a checkpoint, or without an anchor, is made good at the next start.
 */
final class Checkpointer {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);

    private static final Duration ANCHOR_RETRY = Duration.ofSeconds(5);
    private static final int ANCHOR_BATCH = 100;
    /** One that takes longer for one checkpoint is in trouble, though it may still come to it. */
    private static final Duration ANCHOR_SLOW = Duration.ofSeconds(30);

    private final CheckpointMaker maker;
    private final CheckpointStore store;
    private final List<String> nodes;
    private final AnchorRoute anchor;
    private final Clock clock;
    private final Duration interval;
    private final int everyRows;
    private final ScheduledExecutorService checkpoints;
    private final ScheduledExecutorService anchors;
    private final CamelContext camelContext;

    /**
     * New to this process, and not handed over yet, whatever the database says: whoever may append there could say of one to
     * come that the anchor has it.
     */
    private final Queue<Checkpoint> unsent = new ConcurrentLinkedQueue<>();

    /** Up to which row each node's are, or were, among the unsent. */
    private final Map<String, Long> queuedUpTo = new ConcurrentHashMap<>();

    private final AtomicBoolean due = new AtomicBoolean();
    private volatile long covered;
    private volatile boolean anchorsWait = true;
    private volatile String trouble;
    private volatile String anchorTrouble;
    /** By {@code System.nanoTime()}; null while nothing is handed over. */
    private volatile Long sendingSince;

    /** @param nodes whose rows are covered; the first is the one that {@link #committed} is about */
    Checkpointer(
            CamelContext camelContext,
            CheckpointMaker maker,
            CheckpointStore store,
            List<String> nodes,
            AnchorRoute anchor,
            Clock clock,
            Duration interval,
            int everyRows) {
        this.camelContext = camelContext;
        this.maker = maker;
        this.store = store;
        this.nodes = nodes;
        this.anchor = anchor;
        this.clock = clock;
        this.interval = interval;
        this.everyRows = everyRows;
        var threads = camelContext.getExecutorServiceManager();
        this.checkpoints = threads.newSingleThreadScheduledExecutor(this, "cxone-assist-checkpoints");
        this.anchors = threads.newSingleThreadScheduledExecutor(this, "cxone-assist-anchor");
    }

    /** When routes run: the anchor is one. */
    void start() {
        checkpoints.scheduleWithFixedDelay(this::make, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        long retry = Math.min(interval.toMillis(), ANCHOR_RETRY.toMillis());
        anchors.scheduleWithFixedDelay(this::anchor, retry, retry, TimeUnit.MILLISECONDS);
    }

    /** To be called after each commit; does not wait for anything. */
    void committed(List<JournalRow> rows) {
        long last = rows.get(rows.size() - 1).seq();
        if (last - covered >= everyRows && due.compareAndSet(false, true)) {
            submit(checkpoints, this::make);
        }
    }

    /** Covers and anchors all that there is, as far as that is done in time: to be called while routes still run. */
    void flush(Duration patience) {
        CountDownLatch done = new CountDownLatch(1);
        submit(checkpoints, () -> {
            make();
            submit(anchors, () -> {
                anchor();
                done.countDown();
            });
        });
        try {
            if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Stopping without having handed all checkpoints to the anchor; that is done after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be called when nothing is written any more: covers the last rows, whose checkpoint is anchored at the next start. */
    void stop() {
        camelContext.getExecutorServiceManager().shutdownNow(anchors);
        camelContext.getExecutorServiceManager().shutdownGraceful(checkpoints);
        make();
    }

    /** Makes no more of them, not even for what there is. */
    void abandon() {
        camelContext.getExecutorServiceManager().shutdownNow(anchors);
        camelContext.getExecutorServiceManager().shutdownNow(checkpoints);
    }

    /** Why the last checkpoint was not made. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Why the anchor did not take one. */
    Optional<String> anchorTrouble() {
        Long since = sendingSince;
        long slow = Math.min(interval.toNanos(), ANCHOR_SLOW.toNanos());
        if (since != null && System.nanoTime() - since > slow) {
            return Optional.of("the anchor has not answered for "
                    + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since) + " s");
        }
        return Optional.ofNullable(anchorTrouble);
    }

    private void make() {
        due.set(false);
        try {
            nodes.forEach(this::queueOthers);
            int made = 0;
            for (String node : nodes) {
                made += maker.make(node, this::queue);
            }
            covered = store.last(nodes.get(0)).map(Checkpoint::seq).orElse(0L);
            if (trouble != null) {
                LOG.info("Checkpoints are made again");
            }
            trouble = null;
            if (made > 0 || !unsent.isEmpty() || anchor.exists() && store.countNotAnchored() > 0) {
                anchorsWait = true;
            }
            if (anchorsWait) {
                submit(anchors, this::anchor);
            }
        } catch (RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(trouble)) {
                LOG.error("No checkpoint of the audit log: {}", e.getMessage());
            }
            trouble = String.valueOf(e.getMessage());
        }
    }

    /**
     * What an operator's commands made; and at first the last that there is, since it may be what a crash left. That one is
     * enough, and the anchor gets no more than it again with each start: it binds all before it.
     */
    private void queueOthers(String node) {
        Long known = queuedUpTo.putIfAbsent(node, 0L);
        if (known == null) {
            store.last(node).ifPresent(this::queue);
        } else {
            store.after(node, known).forEach(this::queue);
        }
    }

    private void queue(Checkpoint made) {
        queuedUpTo.put(made.node(), made.seq());
        if (anchor.exists()) {
            unsent.add(made);
        }
    }

    private void anchor() {
        if (!anchorsWait || !anchor.exists()) {
            return;
        }
        try {
            // what is made while this runs sets it again
            anchorsWait = false;
            for (Checkpoint made = unsent.peek(); made != null; made = unsent.peek()) {
                hand(made);
                unsent.remove();
            }
            List<Checkpoint> waiting = store.notAnchored(ANCHOR_BATCH);
            while (!waiting.isEmpty()) {
                for (Checkpoint checkpoint : waiting) {
                    hand(checkpoint);
                }
                waiting = store.notAnchored(ANCHOR_BATCH);
            }
            if (anchorTrouble != null) {
                LOG.info("The anchor takes checkpoints again");
            }
            anchorTrouble = null;
        } catch (Exception e) {
            anchorsWait = true;
            if (anchorTrouble == null) {
                LOG.warn("The anchor did not take a checkpoint, which is tried again: {}", e.toString());
            }
            anchorTrouble = "the anchor did not take a checkpoint: " + e.getMessage();
        }
    }

    private void hand(Checkpoint checkpoint) throws Exception {
        send(checkpoint);
        store.anchored(checkpoint, JournalRow.atText(clock.instant()));
    }

    private void send(Checkpoint checkpoint) throws Exception {
        sendingSince = System.nanoTime();
        try {
            anchor.send(checkpoint);
        } finally {
            sendingSince = null;
        }
    }

    private static void submit(ExecutorService executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            // stopping; the next start makes it good
        }
    }
}
