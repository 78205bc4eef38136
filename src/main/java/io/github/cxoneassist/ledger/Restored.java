package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.Objects;

/** What became of a suggestion before the ledger was started anew. Whatever is restored is settled. */
public sealed interface Restored {

    /** It waits for a slot. */
    record Waiting() implements Restored {}

    /** It holds a slot. */
    record Active(boolean acknowledged) implements Restored {}

    /**
     * The agent ended it.
     *
     * @param at when: a dismissal cools down from then on, where its content has a rule for that
     */
    record Decided(Decision decision, Instant at, boolean acknowledged) implements Restored {

        public Decided {
            Objects.requireNonNull(decision, "decision");
            Objects.requireNonNull(at, "at");
        }
    }

    /**
     * Its interaction ended.
     *
     * @param waited whether it waited until then; else it held a slot
     */
    record Dropped(boolean waited, boolean acknowledged) implements Restored {}
}
