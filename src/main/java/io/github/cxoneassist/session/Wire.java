package io.github.cxoneassist.session;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The connection of the moment, if any, and what it has in its hands. Only on the session's event loop. */
final class Wire {

    /** Where the frames go while the session is ready. */
    interface Sink {
        /** True also for a socket that is closing: what waits is kept for the next one. */
        boolean full();

        Future<Void> write(String text);
    }

    private final LongSupplier nanoTime;
    private final Set<Send> writing = new LinkedHashSet<>();
    private Sink sink;
    private int connection;

    Wire(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void attach(Sink ready) {
        sink = ready;
        connection++;
    }

    /** @return what it had not taken yet; nothing more is heard of those writes */
    List<Send> detach() {
        sink = null;
        List<Send> cut = List.copyOf(writing);
        writing.clear();
        return cut;
    }

    boolean isAttached() {
        return sink != null;
    }

    boolean takesMore() {
        return sink != null && !sink.full();
    }

    boolean isIdle() {
        return writing.isEmpty();
    }

    boolean isWriting(Send send) {
        return writing.contains(send);
    }

    /** Whether the latest write of it was to the present connection. */
    boolean carried(Send send) {
        return sink != null && send.connection() == connection;
    }

    /**
     * @param begun is called before the write, because the answer of a fast server may be read before its completion
     * @param done is called at most once, and not after a detach
     */
    void write(Send send, Consumer<Send> begun, Consumer<AsyncResult<Void>> done) {
        int write = send.beginWrite(nanoTime.getAsLong(), connection);
        begun.accept(send);
        writing.add(send);
        sink.write(send.json()).onComplete(result -> {
            // else it was cut off, and may be under way on the next connection by now
            if (send.writes() == write && writing.remove(send)) {
                done.accept(result);
            }
        });
    }
}
