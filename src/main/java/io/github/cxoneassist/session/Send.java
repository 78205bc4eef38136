package io.github.cxoneassist.session;

import io.vertx.core.Promise;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One suggestion on its way to the socket, and who wants to know. Only on the session's event loop. */
final class Send {

    private static final Logger LOG = LoggerFactory.getLogger(Send.class);

    private final SuggestFrame frame;
    private final String json;
    private final Promise<Instant> promise;
    private long expiry = Timers.NONE;

    Send(SuggestFrame frame, String json, Promise<Instant> promise) {
        this.frame = frame;
        this.json = json;
        this.promise = promise;
    }

    SuggestFrame frame() {
        return frame;
    }

    String json() {
        return json;
    }

    long expiry() {
        return expiry;
    }

    void expireBy(long timer) {
        expiry = timer;
    }

    void complete(Instant at) {
        tell(() -> promise.tryComplete(at));
    }

    void fail(SessionUnavailableException failure) {
        tell(() -> promise.tryFail(failure));
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
