package io.github.cxoneassist.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest extends InteractionLedgerContract {

    private static final SuggestionKey KEY = new SuggestionKey("i-1", "s-1");

    @Override
    InteractionLedger ledger(Clock clock) {
        return new MemoryLedger(clock);
    }

    @Test
    void questionsAboutUnknownInteractionsLeaveNothingBehind() {
        MemoryLedger ledger = new MemoryLedger(new SettableClock());

        ledger.acknowledge(KEY);
        ledger.end(KEY, Decision.ACCEPTED);
        ledger.release(KEY);
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, 5));
        ledger.active(KEY.interactionId());

        assertThat(ledger.interactions()).isZero();
    }

    @Test
    void anInteractionIsForgottenWithItsLastSuggestion() {
        SettableClock clock = new SettableClock();
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
}
