package io.github.cxoneassist.ledger;

/**
 * A suggestion that was ended by time or with its interaction.
 *
 * @param waited whether it waited until then; else it held a slot, which is free now
 */
public record Ended(SuggestionKey key, boolean waited) {}
