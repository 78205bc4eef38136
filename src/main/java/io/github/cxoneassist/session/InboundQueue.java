package io.github.cxoneassist.session;

import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames on their way to the consumer: one at a time, in order, and not more of them than the bound, because the
 * source is paused before. Outlives connections: what came in is handed on. Only on the session's event loop, but for
 * the getters that say so.
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
    private final List<Promise<Void>> waitingForIdle = new ArrayList<>();
    private long characters;
    private InboundHandler handler;
    private InboundFrame inHand;
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
        // the frame in the old consumer's hands is its own business; the new one must not wait for it
        inHand = null;
        if (next == null) {
            clear();
        } else {
            pump();
        }
    }

    void offer(InboundFrame frame) {
        if (handler == null) {
            return;
        }
        queue.add(frame);
        characters += frame.json().length();
        size = queue.size();
        pump();
        if (!paused() && (queue.size() >= limit || characters >= MAX_CHARACTERS)) {
            pausedSince = clock.instant();
            source.pause();
        }
    }

    void clear() {
        queue.clear();
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
        return inHand == null && queue.isEmpty();
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
        if (inHand != null || queue.isEmpty() || handler == null) {
            return;
        }
        InboundFrame frame = queue.poll();
        characters -= frame.json().length();
        size = queue.size();
        inHand = frame;
        resumeIfDrained();
        // always by way of the loop: a consumer that completes at once must not recurse through the whole queue
        give(frame).whenComplete((done, failure) -> loop.execute(() -> taken(frame, failure)));
    }

    private CompletionStage<?> give(InboundFrame frame) {
        try {
            return Objects.requireNonNull(handler.handle(frame), "the consumer returned null");
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void taken(InboundFrame frame, Throwable failure) {
        if (failure != null) {
            LOG.warn("The consumer failed on {}", frame, failure);
        }
        // by identity: an equal frame may come again, and the old consumer may be late
        if (inHand != frame) {
            return;
        }
        inHand = null;
        pump();
        tellIdle();
        if (idle()) {
            idled.run();
        }
    }

    // half, so that a slow consumer doesn't make the socket stutter frame by frame
    private void resumeIfDrained() {
        if (paused() && queue.size() <= limit / 2 && characters <= MAX_CHARACTERS / 2) {
            pausedSince = null;
            source.resume();
        }
    }
}
