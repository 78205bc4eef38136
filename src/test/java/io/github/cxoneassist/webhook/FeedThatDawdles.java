package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.function.LongConsumer;

/** Lets things happen after it looked and before it says that there was nothing. */
final class FeedThatDawdles implements EventFeed {

    private final EventFeed feed;
    private final LongConsumer meanwhile;

    /** @param meanwhile is told behind which event nothing was found */
    FeedThatDawdles(EventFeed feed, LongConsumer meanwhile) {
        this.feed = feed;
        this.meanwhile = meanwhile;
    }

    @Override
    public List<WebhookEvent> after(long seq, int limit) {
        List<WebhookEvent> page = feed.after(seq, limit);
        if (page.isEmpty()) {
            meanwhile.accept(seq);
        }
        return page;
    }

    @Override
    public long head() {
        return feed.head();
    }
}
