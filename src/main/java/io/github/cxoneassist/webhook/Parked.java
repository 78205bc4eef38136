package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * What a subscriber is to be told again.
 *
 * @param count of events, those included that only wait behind others
 * @param since when the first of them was tried first; empty where none was
 */
public record Parked(long count, Optional<Instant> since) {}
