package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What has become of events of one subscriber, to be written in one transaction.
 *
 * @param cursor up to where all are delivered, parked or dead
 * @param done parked rows that were delivered
 * @param parked new ones, and those that failed again
 * @param notBefore until when the subscriber asked to be left alone; null where that is as it was
 * @param gone why the subscriber is to be disabled; null where it is not
 */
record Settlement(
        long cursor, Set<Long> done, List<ParkedRow> parked, List<DeadRow> dead, Instant notBefore, String gone) {}
