package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the events that it gave away. */
final class FeedThatCounts implements EventFeed {

    private final EventFeed feed;
    private final AtomicInteger handedOut = new AtomicInteger();

    FeedThatCounts(EventFeed feed) {
        this.feed = feed;
    }

    @Override
    public List<WebhookEvent> after(long seq, int limit) {
        List<WebhookEvent> page = feed.after(seq, limit);
        handedOut.addAndGet(page.size());
        return page;
    }

    @Override
    public long head() {
        return feed.head();
    }

    int handedOut() {
        return handedOut.get();
    }
}
