package io.github.cxoneassist.ledger;

/** The answer to a claim. Only {@link #NEW} made the id known. */
public enum Claim {
    NEW,
    /** The id is known already, and its window is not over. */
    DUPLICATE,
    /**
     * The same content is known under another id of the interaction, and that one's window is not over. Also where that
     * one is not settled yet: should its sending fail, its own source offers it again.
     */
    DUPLICATE_CONTENT,
    /** The agent dismissed the same content not long ago. Said before {@link #DUPLICATE_CONTENT} where both hold. */
    COOLING_DOWN
}
