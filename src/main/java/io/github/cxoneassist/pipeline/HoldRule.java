package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.HoldPolicy;
import io.github.cxoneassist.suggestion.Priority;

/**
 * How many suggestions an interaction may have, and what becomes of those that are too many.
 *
 * @param slots active at once
 * @param keepsOneForCritical whether the last free slot is for {@code CRITICAL} suggestions alone
 * @param capacity that may wait; 0 where none does
 * @param policy what happens when too many wait; without meaning where none does
 */
record HoldRule(int slots, boolean keepsOneForCritical, int capacity, HoldPolicy policy) {

    static final HoldRule DEFAULT = new HoldRule(5, false, 5, HoldPolicy.HOLD);

    HoldRule {
        if (slots < 1) {
            throw new IllegalArgumentException("bufferLimit must be 1 or more, not " + slots);
        }
        if (keepsOneForCritical && slots < 2) {
            throw new IllegalArgumentException(
                    "keepSlotForCritical needs a bufferLimit of 2 or more: with 1, nothing but CRITICAL would be sent");
        }
        if (capacity < 0) {
            throw new IllegalArgumentException("holdLimit must be 0 or more, not " + capacity);
        }
    }

    /** So many may be active when one of this priority takes a slot. */
    int slotsFor(Priority priority) {
        return keepsOneForCritical && priority != Priority.CRITICAL ? slots - 1 : slots;
    }

    boolean holds() {
        return capacity > 0;
    }

    /** For what has been promised, and waits even where newcomers may not. */
    HoldRule holding() {
        return holds() ? this : new HoldRule(slots, keepsOneForCritical, DEFAULT.capacity, DEFAULT.policy);
    }
}
