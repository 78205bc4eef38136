package io.github.cxoneassist.webhook;

import java.time.Instant;

/** A row of the log that a subscriber is not told of any more. */
record DeadRow(long seq, String interactionId, String event, int tries, String failure, Instant at) {}
