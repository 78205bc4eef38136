package io.github.cxoneassist.session;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What becomes of a suggestion once it was written: answered, due again, or given up. Only on the session's event loop,
 * but for the getter that says so.
 */
final class Acknowledgements {

    private static final int REMEMBERED = 10_000;
    // beyond it the nanoseconds of a window's end would overflow
    private static final Duration LONGEST = Duration.ofDays(365);

    interface Owner {
        /** No answer can come now, because we do not read. */
        boolean isDeaf();

        /** A frame that the socket has in its hands can neither be called sent nor be called back. */
        boolean isBeingWritten(Send send);

        boolean isOnThisConnection(Send send);

        void writeAgain(Send send);

        /** The other side has it, whatever the socket may have said. */
        void arrived(Send send);

        void givenUp(Send send, String why);

        /** The window has room again. */
        void roomier();
    }

    private final SessionConfig config;
    private final Clock clock;
    private final Traffic traffic;
    private final LongSupplier nanoTime;
    private final Owner owner;
    private final InFlight window;
    private final Deadlines<Send> deadlines;

    Acknowledgements(SessionParts parts, LongSupplier nanoTime, Owner owner) {
        this.config = parts.config();
        this.clock = parts.clock();
        this.traffic = parts.traffic();
        this.nanoTime = nanoTime;
        this.owner = owner;
        this.window = new InFlight(config.inFlight(), REMEMBERED);
        this.deadlines = new Deadlines<>(parts.timers(), nanoTime, this::due);
    }

    boolean hasRoom() {
        return window.hasRoom();
    }

    boolean holds(Send send) {
        return window.holds(send);
    }

    boolean isAwaited() {
        return window.isAwaited();
    }

    List<Send> inOrder() {
        return window.inOrder();
    }

    /** Safe from any thread. */
    int size() {
        return window.size();
    }

    boolean windowEnded(Send send) {
        return clock.instant().isAfter(send.frame().end());
    }

    /** Before the write itself: the answer of a fast server may be read before the write's own completion. */
    void writing(Send send) {
        Send displaced = window.add(send);
        if (displaced != null) {
            deadlines.cancel(displaced);
            owner.givenUp(displaced, "The same suggestion was sent again before the answer came");
        }
        deadlines.set(send, untilWindowEnds(send));
    }

    /** The socket took it: the time to answer starts. */
    void written(Send send) {
        if (holds(send)) {
            Duration left = untilWindowEnds(send);
            deadlines.set(send, left.compareTo(config.ackTimeout()) < 0 ? left : config.ackTimeout());
        }
    }

    void forget(Send send) {
        window.giveUp(send);
        deadlines.cancel(send);
    }

    void close() {
        deadlines.clear();
    }

    /** @return the frame, with its latency where it is the first acknowledgement */
    InboundFrame heard(InboundFrame frame) {
        InFlight.Answer answer = window.answer(frame);
        if (answer.send() != null) {
            deadlines.cancel(answer.send());
            // it may be answered before the write's own completion, or after its connection is gone
            owner.arrived(answer.send());
            answer.send().complete(frame.receivedAt());
            answer.send().acknowledge(frame.receivedAt());
        }
        return answer.writtenAt() == null
                ? frame
                : frame.withSinceSent(Duration.ofNanos(nanoTime.getAsLong() - answer.writtenAt()));
    }

    private void due(Send send) {
        boolean ended = windowEnded(send);
        if (owner.isBeingWritten(send) || !ended && owner.isDeaf()) {
            deadlines.set(send, config.ackTimeout());
        } else if (ended) {
            late(send);
            giveUp(send, "The context window of the suggestion ended before it was acknowledged");
        } else if (!send.isWritten() || waitsForTheNextConnection(send)) {
            deadlines.set(send, untilWindowEnds(send));
        } else {
            late(send);
            missed(send);
        }
    }

    private void missed(Send send) {
        if (send.retries() < config.ackRetries() && owner.isOnThisConnection(send)) {
            send.retried();
            // until the socket takes it
            deadlines.set(send, untilWindowEnds(send));
            owner.writeAgain(send);
        } else if (config.resendUnacknowledged() && !send.isAwaited()) {
            keepForTheNextConnection(send);
        } else {
            giveUp(send, "The suggestion was not acknowledged within " + config.ackTimeout());
        }
    }

    /** A half-open connection is noticed later than an answer is due, and swallows all until then. */
    private void keepForTheNextConnection(Send send) {
        deadlines.set(send, untilWindowEnds(send));
        Send tooMany = window.overdue(send);
        if (tooMany != null) {
            giveUp(tooMany, "The suggestion was not acknowledged within " + config.ackTimeout());
        }
        owner.roomier();
    }

    /** Whoever waits for the answer isn't kept for the whole of an outage; then the frame must not go out either. */
    private boolean waitsForTheNextConnection(Send send) {
        return config.resendUnacknowledged() && !send.isAwaited() && !owner.isOnThisConnection(send);
    }

    private void late(Send send) {
        if (send.becomesLate()) {
            traffic.unacknowledged.increment();
        }
    }

    private void giveUp(Send send, String why) {
        forget(send);
        owner.givenUp(send, why);
    }

    private Duration untilWindowEnds(Send send) {
        Duration left = Duration.between(clock.instant(), send.frame().end()).plusMillis(1);
        return left.compareTo(LONGEST) > 0 ? LONGEST : left;
    }
}
