package io.github.cxoneassist.session;

import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames on their way to the consumer, handed on in the order in which they came: of one interaction the next when the one
 * before is done, of different ones without waiting for each other, since a consumer that has each on disk before the next
 * would do one at a time of what it can do many at once. Not more of them than the bound wait, because the source is paused
 * before, and not more are in the consumer's hands. Outlives connections: what came in is handed on. Only on the session's
 * event loop, but for the getters that say so.
 */
final class InboundQueue {

    private static final Logger LOG = LoggerFactory.getLogger(InboundQueue.class);

    /** Few frames may be large, too. */
    private static final long MAX_CHARACTERS = 4 * 1024 * 1024;

    /** Where the frames come from. */
    interface Source {
        void pause();

        void resume();
    }

    private final int limit;
    private final Executor loop;
    private final Clock clock;
    private final Source source;
    private final Runnable idled;

    private final Deque<InboundFrame> queue = new ArrayDeque<>();
    /** Of each interaction that has a frame in the consumer's hands, those that wait behind it. */
    private final Map<String, Deque<InboundFrame>> behind = new LinkedHashMap<>();

    private final List<Promise<Void>> waitingForIdle = new ArrayList<>();
    private long characters;
    private InboundHandler handler;
    private int inHand;
    /** Which handler it is: one that was replaced may still complete. */
    private int generation;
    // written on the event loop, read from anywhere
    private volatile int size;
    private volatile Instant pausedSince;

    InboundQueue(int limit, Executor loop, Clock clock, Source source, Runnable idled) {
        this.limit = limit;
        this.loop = loop;
        this.clock = clock;
        this.source = source;
        this.idled = idled;
    }

    /** @param next null: frames are dropped from now on */
    void handler(InboundHandler next) {
        handler = next;
        // what the old consumer has in hand is its own business; the new one must not wait for it
        generation++;
        inHand = 0;
        takeBack();
        if (next == null) {
            clear();
        } else {
            pump();
        }
    }

    /** What waits behind a frame in hand is older than all that was not looked at yet. */
    private void takeBack() {
        Deque<InboundFrame> older = new ArrayDeque<>();
        behind.values().forEach(older::addAll);
        behind.clear();
        while (!older.isEmpty()) {
            queue.addFirst(older.pollLast());
        }
    }

    void offer(InboundFrame frame) {
        if (handler == null) {
            return;
        }
        queue.add(frame);
        characters += frame.json().length();
        size++;
        pump();
        if (!paused() && (size >= limit || characters >= MAX_CHARACTERS)) {
            pausedSince = clock.instant();
            source.pause();
        }
    }

    void clear() {
        queue.clear();
        behind.values().forEach(Deque::clear);
        characters = 0;
        size = 0;
        resumeIfDrained();
        tellIdle();
    }

    void whenIdle(Promise<Void> idle) {
        waitingForIdle.add(idle);
        tellIdle();
    }

    private void tellIdle() {
        if (idle()) {
            waitingForIdle.forEach(Promise::tryComplete);
            waitingForIdle.clear();
        }
    }

    boolean idle() {
        return inHand == 0 && size == 0;
    }

    /** Safe from any thread. */
    int size() {
        return size;
    }

    /** Safe from any thread. */
    boolean paused() {
        return pausedSince != null;
    }

    /** Null if the source is not paused. Safe from any thread. */
    Instant pausedSince() {
        return pausedSince;
    }

    private void pump() {
        while (handler != null && inHand < limit && !queue.isEmpty()) {
            InboundFrame frame = queue.poll();
            Deque<InboundFrame> before = behind.get(line(frame));
            if (before == null) {
                behind.put(line(frame), new ArrayDeque<>());
                hand(frame);
            } else {
                before.add(frame);
            }
        }
    }

    /** Frames without an interaction are in order among themselves. */
    private static String line(InboundFrame frame) {
        return frame.interactionId() == null ? "" : frame.interactionId();
    }

    private void hand(InboundFrame frame) {
        characters -= frame.json().length();
        size--;
        inHand++;
        resumeIfDrained();
        int given = generation;
        // always by way of the loop: a consumer that completes at once must not recurse through the whole queue
        give(frame).whenComplete((done, failure) -> loop.execute(() -> taken(frame, given, failure)));
    }

    private CompletionStage<?> give(InboundFrame frame) {
        try {
            return Objects.requireNonNull(handler.handle(frame), "the consumer returned null");
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void taken(InboundFrame frame, int given, Throwable failure) {
        if (failure != null) {
            LOG.warn("The consumer failed on {}", frame, failure);
        }
        if (given != generation) {
            return;
        }
        inHand--;
        InboundFrame next = behind.get(line(frame)).poll();
        if (next == null) {
            behind.remove(line(frame));
        } else {
            hand(next);
        }
        pump();
        tellIdle();
        if (idle()) {
            idled.run();
        }
    }

    // half, so that a slow consumer doesn't make the socket stutter frame by frame
    private void resumeIfDrained() {
        if (paused() && size <= limit / 2 && characters <= MAX_CHARACTERS / 2) {
            pausedSince = null;
            source.resume();
        }
    }
}
