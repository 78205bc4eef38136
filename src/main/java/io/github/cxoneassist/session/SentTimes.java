package io.github.cxoneassist.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * When each suggestion was written, until its first ack. By the monotonic clock, because the wall clock may be set
 * while a frame is under way. Bounded: the oldest is forgotten. Only on the session's event loop.
 */
final class SentTimes {

    private record Key(String interactionId, String suggestionId) {}

    private final int limit;
    private final LongSupplier nanoTime;
    private final Map<Key, Long> written = new LinkedHashMap<>();

    SentTimes(int limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    void written(SuggestFrame frame) {
        Key key = new Key(frame.interactionId(), frame.id());
        // removed first, so that a suggestion sent again is the newest once more
        written.remove(key);
        written.put(key, nanoTime.getAsLong());
        if (written.size() > limit) {
            written.remove(written.keySet().iterator().next());
        }
    }

    InboundFrame withLatency(InboundFrame frame) {
        if (!InboundFrame.ACK.equals(frame.type())) {
            return frame;
        }
        Long at = written.remove(new Key(frame.interactionId(), frame.suggestionId()));
        return at == null ? frame : frame.withSinceSent(Duration.ofNanos(nanoTime.getAsLong() - at));
    }

    int size() {
        return written.size();
    }
}
