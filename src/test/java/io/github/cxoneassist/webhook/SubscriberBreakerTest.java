package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubscriberBreakerTest {

    private static final DeliveryRules RULES = DeliveryRules.of(RetrySchedule.DEFAULT);

    private final TestClock clock = new TestClock();
    private final SubscriberBreaker breaker = new SubscriberBreaker("kb", RULES, clock, new Random(1));

    @Test
    void fourFailuresOpenItAndNothingGoesUntilItsTimeIsOver() {
        failUntilOpen();

        Duration wait = Duration.between(clock.instant(), breaker.notBefore());
        assertThat(wait).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        clock.advance(wait.minusMillis(1));
        assertThat(breaker.mayCall()).isFalse();
        clock.advance(Duration.ofMillis(2));
        assertThat(breaker.mayCall()).isTrue();
    }

    @Test
    void oneProbeGoesAtATimeAndItsSuccessClosesIt() {
        failUntilOpen();
        clock.set(breaker.notBefore().plusMillis(1));

        assertThat(breaker.mayCall()).isTrue();
        assertThat(breaker.mayCall()).isFalse();
        breaker.worked();

        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.mayCall()).isTrue();
        assertThat(breaker.mayCall()).isTrue();
    }

    @Test
    void aProbeThatFailsDoublesTheWaitUpToFiveMinutes() {
        failUntilOpen();
        Duration wait = Duration.ZERO;
        for (int i = 0; i < 10; i++) {
            clock.set(breaker.notBefore().plusMillis(1));
            assertThat(breaker.mayCall()).isTrue();
            Instant probe = clock.instant();
            breaker.inTrouble("down", Duration.ZERO);
            Duration next = Duration.between(probe, breaker.notBefore());
            if (i < 5) {
                assertThat(next).isGreaterThan(wait.multipliedBy(4).dividedBy(3));
            }
            wait = next;
        }

        assertThat(wait).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
    }

    @Test
    void aPauseThatWasAskedForHoldsThoughItIsClosed() {
        assertThat(breaker.mayCall()).isTrue();
        breaker.inTrouble("status 429", Duration.ofMinutes(30));

        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.notBefore()).isEqualTo(clock.in(Duration.ofMinutes(30)));
        clock.advance(Duration.ofMinutes(29));
        assertThat(breaker.mayCall()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(breaker.mayCall()).isTrue();
    }

    @Test
    void nowAndThenAFailureOpensNothing() {
        for (int i = 0; i < 40; i++) {
            assertThat(breaker.mayCall()).isTrue();
            if (i % 3 == 2) {
                breaker.inTrouble("hiccup", Duration.ZERO);
                clock.advance(RULES.breather());
            } else {
                breaker.worked();
            }
        }

        assertThat(breaker.isOpen()).isFalse();
    }

    private void failUntilOpen() {
        for (int i = 0; i < 4; i++) {
            assertThat(breaker.mayCall()).isTrue();
            breaker.inTrouble("down", Duration.ZERO);
            if (i < 3) {
                clock.advance(RULES.breather());
            }
        }
        assertThat(breaker.isOpen()).isTrue();
    }
}
