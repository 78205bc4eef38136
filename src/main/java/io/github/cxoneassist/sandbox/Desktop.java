package io.github.cxoneassist.sandbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/**
 * What an agent can do. Any thread may call; what one thread calls happens in that order. Answers go to the newest
 * authenticated connection of the client that sent the suggestion, or of anyone where nobody sent it; the result is how
 * many connections that was: 1, or 0 if none is open, and then the answer is lost. Fields in {@code more} are added to
 * the frame, and win over its own.
 */
public interface Desktop {

    Future<Integer> acknowledge(String interactionId, String suggestionId, Map<String, ?> more);

    Future<Integer> accept(String interactionId, String suggestionId, Map<String, ?> more);

    Future<Integer> dismiss(String interactionId, String suggestionId, Map<String, ?> more);

    /** Runs it later on the event loop of the sandbox, unless that is closed by then. */
    void later(Duration delay, Runnable action);
}
