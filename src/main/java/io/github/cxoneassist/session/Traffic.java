package io.github.cxoneassist.session;

import java.util.concurrent.atomic.LongAdder;

/** What went over the wire, and what should have, counted. Safe from any thread. */
final class Traffic {

    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder unknown = new LongAdder();
    final LongAdder resent = new LongAdder();
    final LongAdder unacknowledged = new LongAdder();
    final LongAdder reconnects = new LongAdder();
}
