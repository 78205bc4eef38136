package io.github.cxoneassist.session;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * Sends in their order: to the socket while there is one that takes them, else into a queue whose entries expire. The
 * queue is bounded at the session's door, before the hop to the event loop. Only on the session's event loop.
 */
final class Outbox {

    /** Where the frames go while the session is ready. */
    interface Sink {
        /** True also for a socket that is closing: what waits is kept for the next one. */
        boolean full();

        Future<Void> write(String text);
    }

    private final Timers timers;
    private final Duration sendTimeout;
    private final Clock clock;
    private final SentTimes sentTimes;
    private final Traffic traffic;
    private final BiFunction<String, Throwable, SessionUnavailableException> unavailable;
    private final Runnable idled;
    private final LongSupplier nanoTime;

    private final Deque<Send> waiting = new ArrayDeque<>();
    private Sink sink;
    private final Set<Send> writing = new LinkedHashSet<>();
    private long withoutSinkSince;

    /**
     * @param unavailable makes the failure out of what happened and its cause
     * @param idled called when nothing waits and nothing is being written any more
     */
    Outbox(
            SessionParts parts,
            SentTimes sentTimes,
            LongSupplier nanoTime,
            BiFunction<String, Throwable, SessionUnavailableException> unavailable,
            Runnable idled) {
        this.timers = parts.timers();
        this.sendTimeout = parts.config().sendTimeout();
        this.clock = parts.clock();
        this.traffic = parts.traffic();
        this.sentTimes = sentTimes;
        this.unavailable = unavailable;
        this.idled = idled;
        this.nanoTime = nanoTime;
        this.withoutSinkSince = nanoTime.getAsLong();
    }

    void offer(Send send) {
        if (waiting.isEmpty() && sink != null && !sink.full()) {
            write(send);
            return;
        }
        Duration patience = patience();
        if (patience.isZero() || patience.isNegative()) {
            send.fail(unavailable.apply("The suggestion did not wait, after more than " + sendTimeout, null));
            return;
        }
        send.expireBy(timers.set(patience, () -> expire(send)));
        waiting.add(send);
    }

    /**
     * The time-out counts from when the session went down, not from each send: in a long outage every caller would
     * hold its thread or connection for the whole of it, one after the other, to learn what the first one knew.
     */
    private Duration patience() {
        return sink != null ? sendTimeout : sendTimeout.minusNanos(nanoTime.getAsLong() - withoutSinkSince);
    }

    void attach(Sink ready) {
        sink = ready;
        flush();
    }

    /** The socket is gone: what it had not taken yet must not wait for a completion that may come late or never. */
    void detach() {
        if (sink != null) {
            sink = null;
            withoutSinkSince = nanoTime.getAsLong();
        }
        List<Send> cut = List.copyOf(writing);
        writing.clear();
        cut.forEach(send -> send.fail(unavailable.apply("The suggestion may not have left", null)));
    }

    void flush() {
        while (sink != null && !waiting.isEmpty() && !sink.full()) {
            Send next = waiting.poll();
            timers.cancel(next.expiry());
            write(next);
        }
    }

    boolean idle() {
        return waiting.isEmpty() && writing.isEmpty();
    }

    void failAll(String what) {
        for (Send send = waiting.poll(); send != null; send = waiting.poll()) {
            timers.cancel(send.expiry());
            send.fail(unavailable.apply(what, null));
        }
    }

    private void write(Send send) {
        if (clock.instant().isAfter(send.frame().end())) {
            // it was in its window when it was accepted, and has waited since
            send.fail(unavailable.apply("The context window of the suggestion ended before it could be sent", null));
            if (idle()) {
                idled.run();
            }
            return;
        }
        writing.add(send);
        // before the write: the ack of a fast server may be read before the write's own completion
        sentTimes.written(send.frame());
        sink.write(send.json()).onComplete(written -> {
            if (!writing.remove(send)) {
                return;
            }
            if (written.succeeded()) {
                traffic.sent.increment();
                send.complete(clock.instant());
            } else {
                send.fail(unavailable.apply("The suggestion may not have left", written.cause()));
            }
            if (idle()) {
                idled.run();
            }
        });
    }

    private void expire(Send send) {
        waiting.remove(send);
        send.fail(unavailable.apply("The suggestion was not sent within " + sendTimeout, null));
        if (idle()) {
            idled.run();
        }
    }
}
