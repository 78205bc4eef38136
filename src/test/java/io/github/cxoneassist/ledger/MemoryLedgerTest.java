package io.github.cxoneassist.ledger;

import java.time.Clock;

class MemoryLedgerTest extends InteractionLedgerContract {

    @Override
    InteractionLedger ledger(Clock clock) {
        return new MemoryLedger(clock);
    }
}
