package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.AccessToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gets a new token for an open socket before the one that it was opened with expires. The source may hold on to the old
 * one for longer than we would, because its margin is narrower or its own renewal failed: it is asked again until
 * another comes. Only on the session's event loop.
 */
final class Renewal {

    // for a server whose tokens last no time at all
    private static final Duration LEAST = Duration.ofMillis(500);
    // a timer takes no delay without end, which some sources' expiry is
    private static final Duration LONGEST = Duration.ofDays(1);

    interface Owner {
        void renewWith(AccessToken fresh);

        /** No other token came while the old one was good. */
        void expired();
    }

    private final SessionParts parts;
    private final Owner owner;
    private AccessToken current;
    private int failures;
    private int asked;
    private long timer = Timers.NONE;

    Renewal(SessionParts parts, Owner owner) {
        this.parts = parts;
        this.owner = owner;
    }

    void start(AccessToken inUse) {
        stop();
        current = inUse;
        failures = 0;
        Duration left = left();
        // a server that accepts a token after its end goes by another clock than ours, or by none
        if (left.compareTo(Duration.ZERO) > 0) {
            Duration margin = shorter(parts.config().renewBefore(), left.dividedBy(2));
            Duration delay = left.minus(margin);
            boolean soon = delay.compareTo(LONGEST) <= 0;
            after(soon ? longer(delay, LEAST) : LONGEST, soon ? this::ask : () -> start(inUse));
        }
    }

    void stop() {
        // a late answer is no answer
        asked++;
        parts.timers().cancel(timer);
    }

    private void ask() {
        int number = ++asked;
        after(parts.config().tokenTimeout(), () -> answered(number, null, Duration.ZERO));
        request().whenComplete((token, failure) -> parts.context()
                .runOnContext(v -> answered(
                        number,
                        token,
                        failure == null
                                ? Duration.ZERO
                                : Ending.ofToken(failure).retryAfter())));
    }

    private CompletionStage<AccessToken> request() {
        try {
            return parts.tokens().token();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void answered(int number, AccessToken token, Duration patience) {
        if (number != asked) {
            return;
        }
        stop();
        if (token != null && !token.value().equals(current.value())) {
            owner.renewWith(token);
        } else if (token != null && token.expiresAt().isAfter(current.expiresAt())) {
            start(token);
        } else {
            askAgain(patience);
        }
    }

    private void askAgain(Duration patience) {
        Duration left = left();
        if (left.compareTo(Duration.ZERO) <= 0) {
            owner.expired();
            return;
        }
        failures++;
        Duration delay = parts.config().backoff().delay(failures, patience, parts.random());
        after(shorter(delay, left), delay.compareTo(left) < 0 ? this::ask : () -> askAgain(patience));
    }

    private void after(Duration delay, Runnable action) {
        parts.timers().cancel(timer);
        timer = parts.timers().set(delay, action);
    }

    private Duration left() {
        return Duration.between(parts.clock().instant(), current.expiresAt());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
