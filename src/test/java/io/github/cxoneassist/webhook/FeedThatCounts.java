package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the events that it gave away. */
final class FeedThatCounts extends MemoryFeed {

    private final AtomicInteger handedOut = new AtomicInteger();

    @Override
    public List<WebhookEvent> after(long seq, Set<String> wanted, int limit) {
        List<WebhookEvent> page = super.after(seq, wanted, limit);
        handedOut.addAndGet(page.size());
        return page;
    }

    int handedOut() {
        return handedOut.get();
    }
}
