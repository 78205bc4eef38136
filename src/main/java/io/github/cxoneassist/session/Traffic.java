package io.github.cxoneassist.session;

import java.util.concurrent.atomic.LongAdder;

/** What went over the wire, counted. Safe from any thread. */
final class Traffic {

    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder unknown = new LongAdder();
}
