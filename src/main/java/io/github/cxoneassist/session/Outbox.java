package io.github.cxoneassist.session;

import io.vertx.core.AsyncResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Sends in their order: to the socket while it takes them and the window has room, else into a queue whose entries
 * expire. What has to go out again goes first. The queue is bounded at the session's door, before the hop to the event
 * loop. Only on the session's event loop, but for the getter that says so.
 */
final class Outbox implements Acknowledgements.Owner {

    private static final String MAY_NOT_HAVE_LEFT = "The suggestion may not have left";

    /** Makes the failure of a send out of what happened. */
    interface Failure {
        SessionUnavailableException of(String what, SessionUnavailableException.Fate fate, Throwable cause);
    }

    private final Clock clock;
    private final Traffic traffic;
    private final boolean resends;
    private final Failure unavailable;
    private final BooleanSupplier deaf;
    private final Runnable idled;
    private final Wire wire;
    private final Acknowledgements acknowledgements;
    private final Patience patience;
    private final WaitingRoom waiting;
    private final Deque<Send> again = new ArrayDeque<>();

    /**
     * @param deaf whether the socket is not read at present
     * @param idled called when there is nothing more to do for anybody
     */
    Outbox(SessionParts parts, LongSupplier nanoTime, Failure unavailable, BooleanSupplier deaf, Runnable idled) {
        this.clock = parts.clock();
        this.traffic = parts.traffic();
        this.resends = parts.config().resendUnacknowledged();
        this.unavailable = unavailable;
        this.deaf = deaf;
        this.idled = idled;
        this.wire = new Wire(nanoTime);
        this.acknowledgements = new Acknowledgements(parts, nanoTime, this);
        this.patience = new Patience(parts.config().sendTimeout(), nanoTime);
        this.waiting = new WaitingRoom(new Deadlines<>(parts.timers(), nanoTime, this::expire));
    }

    void offer(Send send) {
        if (waiting.isEmpty() && isFree()) {
            write(send);
            return;
        }
        patience.blocked();
        Duration left = patience.left();
        if (left.isZero() || left.isNegative()) {
            fail(send, "The suggestion did not wait, after more than " + patience.whole());
            return;
        }
        waiting.add(send, left);
    }

    void attach(Wire.Sink ready) {
        wire.attach(ready);
        if (resends) {
            List<Send> unanswered = acknowledgements.inOrder();
            unanswered.forEach(Send::onNewConnection);
            again.addAll(unanswered);
        }
        flush();
    }

    /** The socket is gone: what it had not taken yet must not wait for a completion that may come late or never. */
    void detach() {
        if (wire.isAttached()) {
            patience.blocked();
        }
        // what was to go out again did not: its answer is due as if it had
        again.forEach(acknowledgements::written);
        again.clear();
        wire.detach().forEach(send -> cut(send, null));
    }

    void flush() {
        while (wire.takesMore()) {
            Send next = next();
            if (next == null) {
                break;
            }
            write(next);
        }
        if (isFree()) {
            patience.free();
        }
    }

    /** @return the frame, with its latency where it is the first acknowledgement of a suggestion */
    InboundFrame heard(InboundFrame frame) {
        InboundFrame timed = acknowledgements.heard(frame);
        goOn();
        return timed;
    }

    /** Nothing waits, nothing is being written, and nobody waits for an acknowledgement. */
    boolean idle() {
        return waiting.isEmpty() && wire.isIdle() && again.isEmpty() && !acknowledgements.isAwaited();
    }

    /** Written and not acknowledged. Safe from any thread. */
    int inFlight() {
        return acknowledgements.size();
    }

    /** All but what the socket has in its hands. */
    void failAll() {
        again.clear();
        waiting.empty().forEach(send -> fail(send, "The session stopped before the suggestion was sent"));
        for (Send send : acknowledgements.inOrder()) {
            if (!wire.isWriting(send)) {
                acknowledgements.forget(send);
                fail(
                        send,
                        send.isWritten()
                                ? "The session stopped before the suggestion was acknowledged"
                                : MAY_NOT_HAVE_LEFT);
            }
        }
    }

    /** After the last connection is gone. */
    void close() {
        failAll();
        waiting.close();
        acknowledgements.close();
    }

    @Override
    public boolean isDeaf() {
        return deaf.getAsBoolean();
    }

    @Override
    public boolean isBeingWritten(Send send) {
        return wire.isWriting(send);
    }

    @Override
    public boolean isOnThisConnection(Send send) {
        return wire.carried(send);
    }

    @Override
    public void writeAgain(Send send) {
        again.add(send);
        flush();
    }

    @Override
    public void arrived(Send send) {
        waiting.leave(send);
        if (!send.isWritten()) {
            traffic.sent.increment();
        }
    }

    @Override
    public void roomier() {
        goOn();
    }

    @Override
    public void givenUp(Send send, String why) {
        // where the socket has it in its hands, the write itself tells, one way or the other
        if (!wire.isWriting(send)) {
            fail(send, why);
        }
        goOn();
    }

    private boolean isFree() {
        return wire.takesMore() && again.isEmpty() && acknowledgements.hasRoom();
    }

    private Send next() {
        for (Send send = again.poll(); send != null; send = again.poll()) {
            if (acknowledgements.holds(send)) {
                return send;
            }
        }
        return acknowledgements.hasRoom() ? waiting.poll() : null;
    }

    private void write(Send send) {
        waiting.leave(send);
        if (acknowledgements.windowEnded(send)) {
            // it was in its window when it was accepted, and has waited since
            drop(send, "The context window of the suggestion ended before it could be sent");
            return;
        }
        if (!send.isWanted()) {
            drop(send, "The suggestion was not wanted any more when it could be sent");
            return;
        }
        if (send.writes() == 0) {
            patience.free();
        }
        wire.write(send, acknowledgements::writing, result -> written(send, result));
    }

    private void drop(Send send, String why) {
        acknowledgements.forget(send);
        fail(send, why);
        idledIfIdle();
    }

    private void written(Send send, AsyncResult<Void> result) {
        if (result.succeeded()) {
            if (send.writes() > 1) {
                traffic.resent.increment();
            }
            if (!send.isWritten()) {
                traffic.sent.increment();
                send.complete(clock.instant());
            }
            acknowledgements.written(send);
            failIfForgotten(send, null);
        } else {
            cut(send, result.cause());
        }
        idledIfIdle();
    }

    private void cut(Send send, Throwable cause) {
        acknowledgements.written(send);
        if (!send.isWritten()) {
            if (resends && acknowledgements.holds(send)) {
                waiting.expect(send, patience.whole());
            } else {
                acknowledgements.forget(send);
            }
        }
        failIfForgotten(send, cause);
    }

    /** Whoever waits for one that nobody looks after any more would wait for ever. */
    private void failIfForgotten(Send send, Throwable cause) {
        if (!acknowledgements.holds(send) && !send.isSettled()) {
            send.fail(unavailable.of(MAY_NOT_HAVE_LEFT, send.fate(), cause));
        }
    }

    // from here on it must not go out any more: its caller will offer it again
    private void expire(Send send) {
        acknowledgements.forget(send);
        fail(
                send,
                send.writes() == 0
                        ? "The suggestion was not sent within " + patience.whole()
                        : MAY_NOT_HAVE_LEFT + ", and was not sent again within " + patience.whole());
        goOn();
    }

    private void fail(Send send, String what) {
        waiting.leave(send);
        send.fail(unavailable.of(what, send.fate(), null));
    }

    private void goOn() {
        flush();
        idledIfIdle();
    }

    private void idledIfIdle() {
        if (idle()) {
            idled.run();
        }
    }
}
