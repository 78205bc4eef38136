package io.github.cxoneassist.session;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who waits to be sent, in their order, and until when; and until when somebody waits who has been sent once, without
 * certainty, and has his place elsewhere. Only on the session's event loop.
 */
final class WaitingRoom {

    // a set: any of them may be the next to leave
    private final Set<Send> line = new LinkedHashSet<>();
    private final Deadlines<Send> expiries;

    /** @param expiries whose owner calls {@link #leave} for whatever expires */
    WaitingRoom(Deadlines<Send> expiries) {
        this.expiries = expiries;
    }

    boolean isEmpty() {
        return line.isEmpty();
    }

    void add(Send send, Duration patience) {
        line.add(send);
        expiries.set(send, patience);
    }

    /** Without a place in the line. */
    void expect(Send send, Duration patience) {
        expiries.set(send, patience);
    }

    void leave(Send send) {
        line.remove(send);
        expiries.cancel(send);
    }

    /** The first, or null. */
    Send poll() {
        if (line.isEmpty()) {
            return null;
        }
        Send first = line.iterator().next();
        leave(first);
        return first;
    }

    /** @return all that were in the line */
    List<Send> empty() {
        List<Send> all = List.copyOf(line);
        all.forEach(this::leave);
        return all;
    }

    void close() {
        expiries.clear();
    }
}
