package io.github.cxoneassist.ledger;

/** What the agent did with a suggestion. Either ends it. */
public enum Decision {
    ACCEPTED,
    DISMISSED
}
