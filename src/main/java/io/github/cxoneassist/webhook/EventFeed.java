package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The journal's events. Called from several threads; may block. */
public interface EventFeed {

    /**
     * Committed events behind {@code seq}, in ascending order, {@code limit} at most. Empty: nothing is there yet.
     *
     * @param events wire names of those that are wanted
     */
    List<WebhookEvent> after(long seq, Set<String> events, int limit);

    /** One event; empty where the journal has it no longer. */
    Optional<WebhookEvent> at(long seq);

    /** A place behind which only events of the future stand; 0 for an empty journal. */
    long head();

    /** When the first event of whichever kind behind {@code seq} was recorded. */
    Optional<Instant> timeBehind(long seq);
}
