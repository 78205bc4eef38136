package io.github.cxoneassist.webhook;

import java.time.Instant;

/**
 * A row of the log that a subscriber is told of later.
 *
 * @param interactionId empty where the row belongs to none
 * @param tries that count against it
 * @param firstTry null before the first
 * @param failure of the last try, or what it waits for
 */
record ParkedRow(long seq, String interactionId, int tries, Instant firstTry, Instant due, String failure) {}
