package io.github.cxoneassist.ledger;

/**
 * The answer to a wish for a slot.
 *
 * @param granted whether the suggestion holds a slot now
 * @param freeSlots slots of the interaction that are free after this answer, never negative; more than zero with a refusal
 *     where another one waits, which is to be asked first
 */
public record Reservation(boolean granted, int freeSlots) {}
