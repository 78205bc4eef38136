package io.github.cxoneassist.ledger;

import java.time.Instant;

/**
 * What is known of one suggestion. Immutable.
 *
 * @param settled whether the id may be called a duplicate, and can't be released any more
 */
record Entry(Instant until, State state, boolean settled, boolean acknowledged, Origin origin, ContentRule content) {

    enum State {
        CLAIMED,
        WAITING,
        ACTIVE,
        /** Ended by the agent. */
        DECIDED,
        /** Ended with its interaction, when it had a slot. */
        CLOSED,
        /** Ended while it waited: whatever the agent is said to have done with it, it was not sent. */
        DROPPED
    }

    static Entry claimed(Instant until, Origin origin, ContentRule content) {
        return new Entry(until, State.CLAIMED, false, false, origin, content);
    }

    static Entry restored(Instant until, Restored restored, Origin origin, ContentRule content) {
        if (restored instanceof Restored.Active active) {
            return new Entry(until, State.ACTIVE, true, active.acknowledged(), origin, content);
        }
        if (restored instanceof Restored.Decided decided) {
            return new Entry(until, State.DECIDED, true, decided.acknowledged(), origin, content);
        }
        if (restored instanceof Restored.Dropped dropped) {
            State state = dropped.waited() ? State.DROPPED : State.CLOSED;
            return new Entry(until, state, true, dropped.acknowledged(), origin, content);
        }
        return new Entry(until, State.WAITING, true, false, origin, content);
    }

    Entry held() {
        return new Entry(until, State.WAITING, settled, false, origin, content);
    }

    Entry withSlot() {
        return new Entry(until, State.ACTIVE, settled, false, origin, content);
    }

    Entry confirmed() {
        return new Entry(until, state, true, acknowledged, origin, content);
    }

    /** Whoever acknowledges or decides has seen it, whether we know already that it left or not. */
    Entry withAcknowledgement() {
        return new Entry(until, state, true, true, origin, content);
    }

    Entry decided() {
        return new Entry(until, State.DECIDED, true, acknowledged, origin, content);
    }

    /** Ended with its interaction. */
    Entry closed() {
        return new Entry(until, waits() ? State.DROPPED : State.CLOSED, true, acknowledged, origin, content);
    }

    boolean openAt(Instant now) {
        return !now.isAfter(until);
    }

    boolean isOver() {
        return isDecided() || isClosed() || state == State.DROPPED;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    boolean isDecided() {
        return state == State.DECIDED;
    }

    boolean waits() {
        return state == State.WAITING;
    }

    boolean holdsSlot() {
        return state == State.ACTIVE;
    }

    /** Whether a frame about it can be meant seriously: it holds a slot, or held one until it ended. */
    boolean leftUs() {
        return state == State.ACTIVE || isDecided() || isClosed();
    }

    boolean hasContent(String digest) {
        return digest.equals(content.digest());
    }
}
