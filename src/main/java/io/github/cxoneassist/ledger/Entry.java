package io.github.cxoneassist.ledger;

import java.time.Instant;

/**
 * What is known of one suggestion.
 *
 * @param decision null until the agent decides
 */
record Entry(Instant until, boolean reserved, boolean sent, boolean acknowledged, Decision decision) {

    static Entry claimed(Instant until) {
        return new Entry(until, false, false, false, null);
    }

    Entry withSlot() {
        return new Entry(until, true, sent, acknowledged, decision);
    }

    Entry confirmed() {
        return new Entry(until, reserved, true, acknowledged, decision);
    }

    /** Whoever acknowledges or decides has seen it, whether we know already that it left or not. */
    Entry withAcknowledgement() {
        return new Entry(until, reserved, true, true, decision);
    }

    Entry endedBy(Decision byAgent) {
        return new Entry(until, reserved, true, acknowledged, byAgent);
    }

    boolean openAt(Instant now) {
        return !now.isAfter(until);
    }

    boolean ended() {
        return decision != null;
    }

    boolean holdsSlot() {
        return reserved && !ended();
    }

    boolean activeAt(Instant now) {
        return holdsSlot() && openAt(now);
    }
}
