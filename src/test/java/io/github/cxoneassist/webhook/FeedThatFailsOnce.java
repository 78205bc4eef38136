package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A journal whose database is away when it is first asked. */
final class FeedThatFailsOnce implements EventFeed {

    private final EventFeed feed;
    private final AtomicBoolean failed = new AtomicBoolean();

    FeedThatFailsOnce(EventFeed feed) {
        this.feed = feed;
    }

    @Override
    public List<WebhookEvent> after(long seq, int limit) {
        if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("the database is away");
        }
        return feed.after(seq, limit);
    }

    @Override
    public long head() {
        return feed.head();
    }
}
