package io.github.cxoneassist.webhook;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** A journal that forgets nothing and keeps nothing on disk. */
final class MemoryFeed implements EventFeed {

    private final ConcurrentSkipListMap<Long, WebhookEvent> events = new ConcurrentSkipListMap<>();

    /** One writer at a time, as the journal has it. */
    synchronized long append() {
        long seq = head() + 1;
        events.put(seq, Events.accepted(seq));
        return seq;
    }

    MemoryFeed with(int count) {
        for (int i = 0; i < count; i++) {
            append();
        }
        return this;
    }

    @Override
    public List<WebhookEvent> after(long seq, int limit) {
        return events.tailMap(seq, false).values().stream().limit(limit).toList();
    }

    @Override
    public long head() {
        return events.isEmpty() ? 0 : events.lastKey();
    }
}
