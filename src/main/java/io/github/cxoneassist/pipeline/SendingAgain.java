package io.github.cxoneassist.pipeline;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one after the other of many, so many at a time: all at once would only fill a session that refuses most of them, and
 * would be tried again all at once. Holds no thread while it waits for those under way.
 */
final class SendingAgain<T> {

    static final int AT_A_TIME = 256;

    private static final Logger LOG = LoggerFactory.getLogger(SendingAgain.class);

    private final Queue<T> rest;
    private final int all;
    private final Function<T, CompletionStage<?>> send;
    private final Executor executor;
    private final Clock clock;
    private final BooleanSupplier stopped;

    private int underWay;
    private boolean busy;
    private Progress progress;

    /**
     * @param send begins to send one; its stage completes when the next may go
     * @param executor calls {@code send}, one at a time
     * @param stopped whether the rest is of no use any more
     */
    SendingAgain(
            Collection<T> all,
            Function<T, CompletionStage<?>> send,
            Executor executor,
            Clock clock,
            BooleanSupplier stopped) {
        this.rest = new ArrayDeque<>(all);
        this.all = all.size();
        this.send = send;
        this.executor = executor;
        this.clock = clock;
        this.stopped = stopped;
    }

    /** Returns at once. */
    void start() {
        synchronized (this) {
            progress = new Progress(clock);
            busy = true;
        }
        executor.execute(this::sendSome);
    }

    private void sendSome() {
        for (T next = next(); next != null; next = next()) {
            begin(next).whenComplete((left, failure) -> done());
        }
    }

    /** What cannot be begun is done, or none would come after it; it is still on record, and a restart tries it again. */
    private CompletionStage<?> begin(T one) {
        try {
            return send.apply(one);
        } catch (RuntimeException e) {
            LOG.error("One of those to be sent again could not be handed over; a restart tries again", e);
            return CompletableFuture.completedStage(null);
        }
    }

    /** Null where nothing is to be sent now: whoever is done next sees to it that it goes on. */
    private synchronized T next() {
        T next = stopped.getAsBoolean() || underWay == AT_A_TIME ? null : rest.poll();
        if (next == null) {
            busy = false;
        } else {
            underWay++;
        }
        return next;
    }

    private void done() {
        boolean goOn;
        synchronized (this) {
            underWay--;
            tell();
            goOn = !busy && !rest.isEmpty();
            busy |= goOn;
        }
        if (goOn) {
            executor.execute(this::sendSome);
        }
    }

    private void tell() {
        int left = all - rest.size() - underWay;
        if (progress.due(left == all)) {
            LOG.info("Sending again what nobody acknowledged before the restart: {} of {} so far", left, all);
        }
    }
}
