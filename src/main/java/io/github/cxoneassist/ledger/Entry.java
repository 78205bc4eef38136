package io.github.cxoneassist.ledger;

import java.time.Instant;

/**
 * What is known of one suggestion.
 *
 * @param claimed somebody is about to send it, or has; false only for one in doubt that was given back
 * @param doubtful it may have been sent, nobody knows
 * @param decision null until the agent decides
 */
record Entry(
        Instant until,
        boolean claimed,
        boolean reserved,
        boolean doubtful,
        boolean sent,
        boolean acknowledged,
        Decision decision) {

    static Entry claimed(Instant until) {
        return new Entry(until, true, false, false, false, false, null);
    }

    Entry withSlot() {
        return new Entry(until, claimed, true, doubtful, sent, acknowledged, decision);
    }

    Entry confirmed() {
        return new Entry(until, claimed, reserved, doubtful, true, acknowledged, decision);
    }

    Entry inDoubt() {
        return new Entry(until, claimed, reserved, true, sent, acknowledged, decision);
    }

    Entry givenBack() {
        return new Entry(until, false, reserved, doubtful, sent, acknowledged, decision);
    }

    /** To the later end: what may be at the desktop already is active there until its own. */
    Entry claimedAgain(Instant newUntil) {
        Instant later = newUntil.isAfter(until) ? newUntil : until;
        return new Entry(later, true, reserved, doubtful, sent, acknowledged, decision);
    }

    boolean mayBeClaimedAgain() {
        return !claimed && !sent;
    }

    /** Whoever acknowledges or decides has seen it, whether we know already that it left or not. */
    Entry withAcknowledgement() {
        return new Entry(until, claimed, reserved, doubtful, true, true, decision);
    }

    Entry endedBy(Decision byAgent) {
        return new Entry(until, claimed, reserved, doubtful, true, acknowledged, byAgent);
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
