package io.github.cxoneassist.webhook;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Whether a subscriber may be called at all. It opens when half of the last calls found the subscriber in trouble, and then
 * lets one probe through at a time, after waits that double. Beside it stands the pause that the subscriber asked for.
 */
final class SubscriberBreaker {

    private static final int CALLS = 8;
    private static final int LEAST_CALLS = 4;
    private static final double JITTER = 0.2;

    private final CircuitBreaker breaker;
    private final DeliveryRules rules;
    private final RandomGenerator random;
    private final Clock clock;
    private Instant openUntil = Instant.MIN;
    private Instant pausedUntil = Instant.MIN;

    SubscriberBreaker(String subscriber, DeliveryRules rules, Clock clock, RandomGenerator random) {
        this.rules = rules;
        this.random = random;
        this.clock = clock;
        this.breaker = CircuitBreaker.of(
                subscriber,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(CALLS)
                        .minimumNumberOfCalls(LEAST_CALLS)
                        .failureRateThreshold(50)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(this::nextWait)
                        .clock(clock)
                        .build());
    }

    /** Called by the breaker whenever it opens. */
    private long nextWait(int attempt) {
        double wait = Math.min(
                rules.longestOpen().toMillis(), rules.firstOpen().toMillis() * Math.pow(2, Math.max(0, attempt - 1)));
        long millis = Math.max(1, (long) (wait * (1 + JITTER * (2 * random.nextDouble() - 1))));
        openUntil = clock.instant().plusMillis(millis);
        return millis;
    }

    /** When to ask again, where {@link #mayCall} said no and no call is under way. */
    Instant notBefore() {
        Instant open = isOpen() ? openUntil : Instant.MIN;
        return open.isAfter(pausedUntil) ? open : pausedUntil;
    }

    /** True: one call must be made now, and its end told by {@link #worked}, {@link #inTrouble} or {@link #saysNothing}. */
    boolean mayCall() {
        return !clock.instant().isBefore(pausedUntil) && breaker.tryAcquirePermission();
    }

    void worked() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void inTrouble(String reason, Duration pause) {
        breaker.onError(0, TimeUnit.NANOSECONDS, new DeliveryException(reason));
        leaveAlone(pause.compareTo(rules.breather()) > 0 ? pause : rules.breather());
    }

    /** The call tells nothing of the subscriber. */
    void saysNothing() {
        breaker.releasePermission();
    }

    /** For so long no call is made, whatever other calls tell. */
    void leaveAlone(Duration pause) {
        Instant until = clock.instant().plus(pause);
        pausedUntil = until.isAfter(pausedUntil) ? until : pausedUntil;
    }

    /** Also while a probe is under way. */
    boolean isOpen() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }
}
