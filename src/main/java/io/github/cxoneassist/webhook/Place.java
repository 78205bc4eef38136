package io.github.cxoneassist.webhook;

import java.time.Instant;

/**
 * Where a subscriber stands in the log.
 *
 * @param seq up to where all is delivered, parked or dead
 * @param generation tells it from one that had its name before
 * @param notBefore until when it asked to be left alone; null where it never did
 */
public record Place(long seq, String generation, Instant notBefore) {}
