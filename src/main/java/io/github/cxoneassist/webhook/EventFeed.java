package io.github.cxoneassist.webhook;

import java.util.List;

/** Agents' decisions as the journal has them. Called from several threads; may block. */
public interface EventFeed {

    /** Committed events behind {@code seq}, in ascending order, {@code limit} at most. Empty: nothing is there yet. */
    List<WebhookEvent> after(long seq, int limit);

    /** A place behind which only events of the future stand; 0 for an empty journal. */
    long head();
}
