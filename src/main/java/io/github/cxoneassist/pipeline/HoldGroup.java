package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.HoldQueue;

/** What the aggregator keeps of one interaction. Immutable. */
record HoldGroup(HoldQueue queue, HoldRule rule) {

    static HoldGroup empty(HoldRule rule) {
        return new HoldGroup(HoldQueue.empty(rule.capacity(), rule.policy()), rule);
    }

    HoldGroup with(HoldQueue changed) {
        return new HoldGroup(changed, rule);
    }
}
