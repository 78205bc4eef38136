package io.github.cxoneassist.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cxoneassist.TestClock;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MemoryLedgerTest implements InteractionLedgerContract {

    private final TestClock clock = new TestClock();

    @Override
    public TestClock clock() {
        return clock;
    }

    @Override
    public InteractionLedger ledger(Clock clock) {
        return new MemoryLedger(clock);
    }

    @Test
    void questionsAboutUnknownInteractionsLeaveNothingBehind() {
        MemoryLedger ledger = new MemoryLedger(clock);

        ledger.acknowledge(KEY);
        ledger.end(KEY, Decision.ACCEPTED);
        ledger.release(KEY);
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, 5));
        ledger.active(KEY.interactionId());

        assertThat(ledger.interactions()).isZero();
    }

    @Test
    void anInteractionIsForgottenWithItsLastSuggestion() {
        MemoryLedger ledger = new MemoryLedger(clock);
        ledger.claim(KEY, clock.in(Duration.ZERO));
        ledger.claim(new SuggestionKey("i-2", "s-1"), clock.in(Duration.ZERO));
        assertThat(ledger.interactions()).isEqualTo(2);

        ledger.release(KEY);
        assertThat(ledger.interactions()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        ledger.expire();
        assertThat(ledger.interactions()).isZero();
    }

    @Test
    void nothingIsLeftWhenEverythingIsOver() {
        MemoryLedger ledger = new MemoryLedger(clock);
        for (int i = 0; i < 2000; i++) {
            live(ledger, clock, i);
            clock.advance(Duration.ofSeconds(1));
            ledger.expire();
        }

        clock.advance(Duration.ofHours(1));
        ledger.expire();

        assertThat(ledger.size()).isZero();
        assertThat(ledger.interactions()).isZero();
        assertThat(ledger.deadlines()).isZero();
    }

    @Test
    void aCoolDownIsAllThatIsLeftOfADismissedOneWhoseWindowIsOver() {
        MemoryLedger ledger = new MemoryLedger(clock);
        ledger.claim(KEY, clock.in(Duration.ZERO), new ContentRule("refund", true, Duration.ofHours(1)));
        ledger.reserve(KEY, 5);
        ledger.end(KEY, Decision.DISMISSED);

        clock.advance(Duration.ofHours(1));
        ledger.expire();
        assertThat(ledger.size()).isZero();
        assertThat(ledger.interactions()).isEqualTo(1);
        assertThat(ledger.deadlines()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.interactions()).isZero();
        assertThat(ledger.deadlines()).isZero();
    }

    /** Counted in seconds when each change copied what had ended before. */
    @Test
    @Timeout(20)
    void anInteractionWithManyThatEndedIsNoSlowerThanManyInteractions() {
        MemoryLedger ledger = new MemoryLedger(clock);
        for (int i = 0; i < 40_000; i++) {
            SuggestionKey key = new SuggestionKey("i-1", "s-" + i);
            ledger.claim(key, clock.in(Duration.ofHours(1)));
            ledger.reserve(key, 5);
            ledger.confirm(key);
            ledger.end(key, Decision.ACCEPTED);
        }
        assertThat(ledger.size()).isEqualTo(40_000);
    }

    /** One of the ways in which a suggestion may go, another for each number. */
    private static void live(MemoryLedger ledger, TestClock clock, int number) {
        SuggestionKey key = new SuggestionKey("i-" + number % 50, "s-" + number % 700);
        ContentRule content = new ContentRule("content-" + number % 30, number % 2 == 0, Duration.ofMinutes(20));
        if (ledger.claim(key, clock.in(Duration.ofMinutes(10)), content) != Claim.NEW) {
            return;
        }
        if (number % 3 == 0) {
            ledger.hold(key);
        }
        boolean active = number % 4 != 0 && ledger.reserve(key, 5).granted();
        switch (number % 7) {
            case 0 -> ledger.end(key, Decision.DISMISSED);
            case 1 -> ledger.end(key, Decision.ACCEPTED);
            case 2 -> ledger.supersede(key);
            case 3 -> ledger.release(key);
            case 4 -> ledger.endInteraction(key.interactionId());
            default -> {
                if (active) {
                    ledger.acknowledge(key);
                }
            }
        }
    }
}
