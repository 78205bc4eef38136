package io.github.cxoneassist.webhook;

import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Cursors that outlive a pump, but not the test. */
final class MemoryCursors implements CursorStore {

    private final ConcurrentMap<String, Long> cursors = new ConcurrentHashMap<>();

    /** The subscriber was there before the first event. */
    MemoryCursors known(Subscriber subscriber) {
        cursors.put(subscriber.name(), 0L);
        return this;
    }

    @Override
    public OptionalLong load(String subscriberId) {
        Long seq = cursors.get(subscriberId);
        return seq == null ? OptionalLong.empty() : OptionalLong.of(seq);
    }

    @Override
    public void save(String subscriberId, long seq) {
        cursors.put(subscriberId, seq);
    }
}
