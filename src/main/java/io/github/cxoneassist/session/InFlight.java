package io.github.cxoneassist.session;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one place that knows what was written and when: what is open, in the order in which it was first written, and
 * of what was closed without an acknowledgement only the time, because a late one still has a latency. Both bounded.
 * Only on the session's event loop, but for the getter that says so.
 */
final class InFlight {

    private record Key(String interactionId, String suggestionId) {

        static Key of(Send send) {
            return new Key(send.frame().interactionId(), send.frame().id());
        }

        static Key of(InboundFrame frame) {
            return new Key(frame.interactionId(), frame.suggestionId());
        }
    }

    /**
     * What a frame from the server was the answer to.
     *
     * @param send what it closed; null if nothing was open
     * @param writtenAt when that was written; null but for the first acknowledgement
     */
    record Answer(Send send, Long writtenAt) {}

    private static final Answer TO_NOTHING = new Answer(null, null);

    private final int limit;
    private final int remembered;
    private final Map<Key, Send> open = new LinkedHashMap<>();
    /** Of those that are open: not answered in time, and only kept for the next connection. */
    private final Set<Key> overdue = new LinkedHashSet<>();

    private final Map<Key, Long> closed = new LinkedHashMap<>();
    private int awaited;
    // written on the event loop, read from anywhere
    private volatile int size;

    InFlight(int limit, int remembered) {
        this.limit = limit;
        this.remembered = remembered;
    }

    boolean hasRoom() {
        return size < limit;
    }

    boolean holds(Send send) {
        return open.get(Key.of(send)) == send;
    }

    /** Whether somebody waits for the answer to any of them. */
    boolean isAwaited() {
        return awaited > 0;
    }

    /** Safe from any thread. */
    int size() {
        return size;
    }

    List<Send> inOrder() {
        return List.copyOf(open.values());
    }

    /**
     * One that is in already keeps its place.
     *
     * @return another send of the same suggestion that had to make room for this one, or null
     */
    Send add(Send send) {
        Key key = Key.of(send);
        if (holds(send)) {
            overdue.remove(key);
            size = open.size() - overdue.size();
            return null;
        }
        Send before = take(key);
        closed.remove(key);
        open.put(key, send);
        awaited += send.isAwaited() ? 1 : 0;
        size = open.size() - overdue.size();
        return before;
    }

    /**
     * It takes no room in the window any more, but is sent again on the next connection.
     *
     * @return the eldest of these where there are too many, to be given up; else null
     */
    Send overdue(Send send) {
        overdue.add(Key.of(send));
        Send tooMany = overdue.size() > remembered ? open.get(overdue.iterator().next()) : null;
        size = open.size() - overdue.size();
        return tooMany;
    }

    /** Nobody waits for its answer any longer. */
    void giveUp(Send send) {
        if (holds(send)) {
            Key key = Key.of(send);
            take(key);
            remember(key, send.writtenAt());
        }
    }

    Answer answer(InboundFrame frame) {
        if (!frame.isOfTheProtocol()) {
            return TO_NOTHING;
        }
        Key key = Key.of(frame);
        Send send = take(key);
        if (InboundFrame.ACK.equals(frame.type())) {
            Long earlier = closed.remove(key);
            return new Answer(send, send == null ? earlier : Long.valueOf(send.writtenAt()));
        }
        if (send != null) {
            // decided before it was acknowledged: the acknowledgement may be on its way
            remember(key, send.writtenAt());
        }
        return new Answer(send, null);
    }

    private Send take(Key key) {
        Send send = open.remove(key);
        if (send != null) {
            awaited -= send.isAwaited() ? 1 : 0;
            overdue.remove(key);
            size = open.size() - overdue.size();
        }
        return send;
    }

    private void remember(Key key, long writtenAt) {
        closed.put(key, writtenAt);
        if (closed.size() > remembered) {
            closed.remove(closed.keySet().iterator().next());
        }
    }
}
