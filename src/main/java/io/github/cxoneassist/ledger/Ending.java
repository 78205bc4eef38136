package io.github.cxoneassist.ledger;

/** What an agent's decision did to the slots. */
public enum Ending {
    /** The suggestion's first decision: its slot is free now. Said once for a suggestion, whatever is repeated. */
    FREED,
    /** The suggestion had ended before, by a decision or with its interaction: nothing changed. */
    REPEATED,
    /** For a suggestion that was not sent, or whose window is over: nothing changed. */
    UNKNOWN
}
