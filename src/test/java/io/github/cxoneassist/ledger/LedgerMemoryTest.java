package io.github.cxoneassist.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.suggestion.AcceptanceHistory;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the ledger and the history keep of a million suggestions of finished interactions: nothing. */
class LedgerMemoryTest {

    private static final int INTERACTIONS = 200_000;
    private static final int SUGGESTIONS_EACH = 5;
    private static final int SLOTS = 3;
    private static final int AT_ONCE = 1_000;
    private static final long NOISE = 1_000_000;

    private final TestClock clock = new TestClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final AcceptanceHistory history = new AcceptanceHistory();

    @Test
    void theHeapIsTheSameAfterAMillionSuggestionsAsAfterAHundredThousand() {
        long first = heapAfter(0, INTERACTIONS / 10);
        long last = heapAfter(INTERACTIONS / 10, INTERACTIONS);

        System.out.printf("LedgerMemoryTest: %,d bytes, then %,d%n", first, last);
        assertThat(ledger.size()).isZero();
        assertThat(ledger.interactions()).isZero();
        assertThat(ledger.deadlines()).isZero();
        // what is kept for ever is there at any time; what other tests of this JVM left behind goes
        await().untilAsserted(() -> assertThat(heap()).isLessThan(first + NOISE));
    }

    private long heapAfter(int from, int to) {
        for (int i = from; i < to; i++) {
            interaction(i);
            if (i % AT_ONCE == AT_ONCE - 1) {
                // past windows and cool-downs
                clock.advance(Duration.ofMinutes(30));
                ledger.expire();
            }
        }
        return heap();
    }

    private static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Some are answered, some wait, some are given back, some interactions end, and the rest runs out. */
    private void interaction(int number) {
        String interactionId = "call-" + number;
        Instant until = clock.in(Duration.ofMinutes(5));
        for (int i = 0; i < SUGGESTIONS_EACH; i++) {
            SuggestionKey key = new SuggestionKey(interactionId, number + "-" + i);
            ContentRule content = new ContentRule("digest of " + key, true, Duration.ofMinutes(20));
            assertThat(ledger.claim(key, until, Origin.of("model"), content)).isEqualTo(Claim.NEW);
            if (!ledger.reserve(key, SLOTS).granted()) {
                ledger.hold(key);
            } else if (i == 0 && number % 3 == 0) {
                ledger.release(key);
                continue;
            }
            ledger.confirm(key);
        }
        for (int i = 0; i < number % 4; i++) {
            SuggestionKey key = new SuggestionKey(interactionId, number + "-" + i);
            ledger.acknowledge(key);
            if (ledger.end(key, i == 1 ? Decision.DISMISSED : Decision.ACCEPTED) == Ending.FREED) {
                history.record(interactionId, "model", i != 1);
            }
        }
        if (number % 5 == 0) {
            ledger.endInteraction(interactionId);
            history.forget(interactionId);
        }
    }
}
