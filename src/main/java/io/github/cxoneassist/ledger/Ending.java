package io.github.cxoneassist.ledger;

/** What an agent's decision did to the slots. */
public enum Ending {
    /** The suggestion's first decision: its slot is free now. Said once for a suggestion, whatever is repeated. */
    FREED,
    /** The agent had decided before: nothing changed. */
    REPEATED,
    /** The suggestion had ended with its interaction, and nobody had decided: nothing changed. */
    AFTER_INTERACTION,
    /** For a suggestion that waits, ended while it waited, or is about to be sent: nothing changed. */
    NOT_SENT,
    /** For a suggestion that was never claimed, was given back, or whose window is over: nothing changed. */
    UNKNOWN
}
