package io.github.cxoneassist.ledger;

/** Who leaves a hold queue that is full. Not to wait at all is decided before. */
public enum HoldPolicy {
    /** The worst of all, which may be the newcomer. */
    HOLD,
    /** The worst of those that waited before: the newcomer always stays. */
    REPLACE
}
