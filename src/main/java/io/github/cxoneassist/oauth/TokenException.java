package io.github.cxoneassist.oauth;

import java.time.Duration;
import java.util.Optional;

/**
 * No access token. {@link #retryable()} says whether the same request may succeed later by itself (network, 429,
 * 5xx, an answer that is none) or whether a person has to correct the configuration first.
 * The message never holds a secret or a token: it is shown by health checks and logs. Whoever makes one sees to that.
 */
public final class TokenException extends Exception {

    private final boolean retryable;
    private final transient Duration retryAfter;

    private TokenException(String message, boolean retryable, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /** May succeed later by itself. The cause may be null. */
    public static TokenException tryAgain(String message, Throwable cause) {
        return new TokenException(message, true, null, cause);
    }

    /** May succeed later by itself, and nobody asks again before. */
    public static TokenException tryAgainAfter(String message, Duration retryAfter) {
        return new TokenException(message, true, retryAfter, null);
    }

    /** A person has to correct something first; it is tried again all the same, on a slower scale. */
    public static TokenException giveUp(String message) {
        return new TokenException(message, false, null, null);
    }

    public boolean retryable() {
        return retryable;
    }

    /** How long the server asked us to keep away. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
