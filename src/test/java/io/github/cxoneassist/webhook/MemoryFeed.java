package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** A journal of acceptances that forgets nothing and keeps nothing on disk. */
class MemoryFeed implements EventFeed {

    private final ConcurrentSkipListMap<Long, WebhookEvent> events = new ConcurrentSkipListMap<>();

    /** One writer at a time, as the journal has it. */
    synchronized long append(String interactionId) {
        long seq = head() + 1;
        events.put(seq, Events.accepted(seq, interactionId));
        return seq;
    }

    /** Of so many interactions in turn, named {@code call-0} and so on. */
    void append(int count, int interactions) {
        for (int i = 0; i < count; i++) {
            append("call-" + i % interactions);
        }
    }

    @Override
    public List<WebhookEvent> after(long seq, Set<String> wanted, int limit) {
        return events.tailMap(seq, false).values().stream()
                .filter(event -> wanted.contains(event.event()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<WebhookEvent> at(long seq) {
        return Optional.ofNullable(events.get(seq));
    }

    @Override
    public long head() {
        return events.isEmpty() ? 0 : events.lastKey();
    }

    @Override
    public Optional<Instant> timeBehind(long seq) {
        return Optional.ofNullable(events.higherEntry(seq))
                .map(entry -> entry.getValue().at());
    }
}
