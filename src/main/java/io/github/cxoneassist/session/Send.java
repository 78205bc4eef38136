package io.github.cxoneassist.session;

import io.vertx.core.Promise;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One suggestion, from the caller to the answer of the other side. Only on the session's event loop. */
final class Send {

    private static final Logger LOG = LoggerFactory.getLogger(Send.class);

    private final SuggestFrame frame;
    private final String json;
    private final Promise<Instant> written;
    private final Promise<Instant> acknowledged;
    private final BooleanSupplier wanted;
    private int writes;
    private int connection;
    private long writtenAt;
    private int retries;
    private boolean late;

    /**
     * @param acknowledged null where nobody waits for it
     * @param wanted asked before each write
     */
    Send(
            SuggestFrame frame,
            String json,
            Promise<Instant> written,
            Promise<Instant> acknowledged,
            BooleanSupplier wanted) {
        this.frame = frame;
        this.json = json;
        this.written = written;
        this.acknowledged = acknowledged;
        this.wanted = wanted;
    }

    SuggestFrame frame() {
        return frame;
    }

    String json() {
        return json;
    }

    /** Whether its caller wants it to go out still. */
    boolean isWanted() {
        try {
            return wanted.getAsBoolean();
        } catch (RuntimeException e) {
            // the sends behind this one must not suffer for it
            LOG.warn("Nobody could say whether suggestion {} is still wanted; it is sent", frame.id(), e);
            return true;
        }
    }

    /** @return the number of this write, so that the completion of an older one can be told from its own */
    int beginWrite(long nanos, int onConnection) {
        writtenAt = nanos;
        connection = onConnection;
        return ++writes;
    }

    /** Of the latest write, 0 before the first. */
    int writes() {
        return writes;
    }

    /** Of the latest write. */
    int connection() {
        return connection;
    }

    /** When the latest write began, by the monotonic clock. */
    long writtenAt() {
        return writtenAt;
    }

    /** The caller was told that the socket took it. */
    boolean isWritten() {
        return written.future().succeeded();
    }

    /** As far as it has come by now. */
    SessionUnavailableException.Fate fate() {
        if (isWritten()) {
            return SessionUnavailableException.Fate.UNACKNOWLEDGED;
        }
        return writes > 0 ? SessionUnavailableException.Fate.MAY_HAVE_LEFT : SessionUnavailableException.Fate.NOT_SENT;
    }

    /** Nobody waits for anything any more. */
    boolean isSettled() {
        return written.future().isComplete()
                && (acknowledged == null || acknowledged.future().isComplete());
    }

    boolean isAwaited() {
        return acknowledged != null;
    }

    int retries() {
        return retries;
    }

    void retried() {
        retries++;
    }

    void onNewConnection() {
        retries = 0;
    }

    /** @return false if it was known to be late */
    boolean becomesLate() {
        boolean first = !late;
        late = true;
        return first;
    }

    void complete(Instant at) {
        tell(() -> written.tryComplete(at));
    }

    void acknowledge(Instant at) {
        if (acknowledged != null) {
            tell(() -> acknowledged.tryComplete(at));
        }
    }

    /** Whoever waits for something still, hears this. */
    void fail(SessionUnavailableException failure) {
        tell(() -> written.tryFail(failure));
        if (acknowledged != null) {
            tell(() -> acknowledged.tryFail(failure));
        }
    }

    // the listeners run right here: what they throw must not stop the sends behind this one
    private void tell(Runnable completion) {
        try {
            completion.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener to the send of suggestion {} failed", frame.id(), e);
        }
    }
}
