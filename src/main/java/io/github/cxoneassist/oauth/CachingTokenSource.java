package io.github.cxoneassist.oauth;

import io.github.cxoneassist.http.RetryAfter;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One token for all callers, renewed before it expires, with at most one request under way.
 *
 * <p>A failed request is not remembered, except where the server asked for patience (429, {@code Retry-After}) or
 * cannot be helped by asking again (wrong client or scope): then all callers get that failure until the pause is over,
 * so that nobody can make a tight loop of it. While the old token is still valid, it serves where a renewal fails.
 */
public final class CachingTokenSource implements TokenSource, Closeable {

    private static final Duration PAUSE_AFTER_REFUSAL = RetryAfter.DEFAULT;

    private final TokenRequest request;
    private final Clock clock;
    private final Duration renewBefore;

    private final Object lock = new Object();
    private AccessToken cached;
    private Instant renewAt;
    private CompletableFuture<AccessToken> flight;
    private TokenException refusal;
    private Instant refusedUntil = Instant.MIN;

    /** @param renewBefore at most half of a token's lifetime is given away, so that short-lived tokens are cached too */
    public CachingTokenSource(TokenRequest request, Clock clock, Duration renewBefore) {
        this.request = Objects.requireNonNull(request, "request");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.renewBefore = Objects.requireNonNull(renewBefore, "renewBefore");
    }

    @Override
    public CompletionStage<AccessToken> token() {
        CompletableFuture<AccessToken> mine;
        synchronized (lock) {
            Instant now = clock.instant();
            if (cached != null && now.isBefore(renewAt)) {
                return CompletableFuture.completedStage(cached);
            }
            if (flight != null) {
                return flight.minimalCompletionStage();
            }
            if (now.isBefore(refusedUntil)) {
                return isValid(now) ? CompletableFuture.completedStage(cached) : CompletableFuture.failedStage(refusal);
            }
            mine = flight = new CompletableFuture<>();
        }
        // outside the lock: the request may complete on this very thread
        send().whenComplete((token, failure) -> land(mine, token, failure));
        // callers get a view, so that none of them can complete the flight for the others
        return mine.minimalCompletionStage();
    }

    @Override
    public void invalidate(AccessToken stale) {
        synchronized (lock) {
            if (cached != null && cached.equals(stale)) {
                cached = null;
            }
        }
    }

    /** Gives up a request that is under way, where its kind can. */
    @Override
    public void close() throws IOException {
        if (request instanceof Closeable closeable) {
            closeable.close();
        }
    }

    private CompletionStage<AccessToken> send() {
        try {
            return request.send();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void land(CompletableFuture<AccessToken> mine, AccessToken token, Throwable failure) {
        AccessToken answer;
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        synchronized (lock) {
            flight = null;
            Instant now = clock.instant();
            if (cause == null) {
                keep(token, now);
            } else if (cause instanceof TokenException e) {
                pauseAfter(e, now);
            }
            answer = isValid(now) ? cached : null;
        }
        if (cause == null) {
            mine.complete(token);
        } else if (answer != null) {
            mine.complete(answer);
        } else {
            mine.completeExceptionally(cause);
        }
    }

    private void keep(AccessToken token, Instant now) {
        Duration lifetime = Duration.between(now, token.expiresAt());
        Duration half = lifetime.dividedBy(2);
        Duration margin = half.compareTo(renewBefore) < 0 ? half : renewBefore;
        cached = token;
        renewAt = token.expiresAt().minus(margin);
        refusedUntil = Instant.MIN;
    }

    private void pauseAfter(TokenException e, Instant now) {
        Duration pause = e.retryAfter().orElse(e.retryable() ? Duration.ZERO : PAUSE_AFTER_REFUSAL);
        refusal = e;
        refusedUntil = now.plus(pause);
    }

    private boolean isValid(Instant now) {
        return cached != null && now.isBefore(cached.expiresAt());
    }
}
