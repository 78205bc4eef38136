package io.github.cxoneassist.ledger;

/** What an acknowledgement from the desktop means. */
public enum Acknowledgement {
    /**
     * The first one, and the only one whose latency counts. Also where the agent's decision came before it, since the
     * server may send the two out of order.
     */
    FIRST,
    /** Another one for a suggestion acknowledged before. */
    REPEATED,
    /** For a suggestion that waits, ended while it waited, or is about to be sent. */
    NOT_SENT,
    /** For a suggestion that was never claimed, was given back, or whose window is over. */
    UNKNOWN
}
