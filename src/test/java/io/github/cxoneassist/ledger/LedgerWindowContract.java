package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.AtOnce.inThreads;
import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The end of a context window frees what it held, is reported once, and leaves nothing behind. */
interface LedgerWindowContract extends LedgerFixture {

    @Test
    default void theLastInstantOfTheWindowBelongsToIt() {
        InteractionLedger ledger = sent(KEY);

        clock().advance(WINDOW);

        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
    }

    @Test
    default void anIdIsNewAgainWhenItsWindowIsOver() {
        InteractionLedger ledger = sent(KEY);

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aSlotIsFreeWhenItsWindowIsOverEvenBeforeAnythingIsDropped() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("c"), key("d"), key("e"));

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.active("i-1")).isZero();
        assertThat(ledger.active()).isZero();
        assertThat(claimAndReserve(ledger, KEY)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    default void expiryReportsOnceAndOnlyWhatHeldASlot() {
        InteractionLedger ledger = sent(key("open"), key("decided"));
        claim(ledger, key("held"));
        ledger.end(key("decided"), DISMISSED);

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).containsExactly(slot(key("open")));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    default void expiryLeavesWhatIsStillWithinItsWindow() {
        InteractionLedger ledger = sent(key("early"));
        clock().advance(INSTANT);
        claimAndReserve(ledger, key("late"));

        clock().advance(WINDOW);

        assertThat(ledger.expire()).containsExactly(slot(key("early")));
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    default void whatWasReleasedIsNotReportedAsExpired() {
        InteractionLedger ledger = sent(KEY);
        ledger.release(KEY);

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    default void aSlotThatRanOutIsReportedOnceThoughItsIdWasClaimedAgain() {
        InteractionLedger ledger = sent(KEY);
        clock().advance(WINDOW.plus(INSTANT));
        claimAndReserve(ledger, KEY);

        assertThat(ledger.expire()).containsExactly(slot(KEY));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);

        clock().advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).containsExactly(slot(KEY));
    }

    @Test
    default void oneInteractionsPastWindowsAreReportedToWhoeverAsksForThemAndNotAgain() {
        InteractionLedger ledger = sent(KEY);
        SuggestionKey elsewhere = new SuggestionKey("i-2", "s-1");
        claimAndReserve(ledger, elsewhere);
        assertThat(ledger.lapsed("i-1")).isEmpty();
        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.lapsed("i-1")).containsExactly(slot(KEY));

        assertThat(ledger.lapsed("i-1")).isEmpty();
        assertThat(ledger.expire()).containsExactly(slot(elsewhere));
    }

    @Test
    default void oneThatWasClaimedAgainIsAmongItsInteractionsPastWindows() {
        InteractionLedger ledger = sent(KEY);
        clock().advance(WINDOW.plus(INSTANT));
        claimAndReserve(ledger, KEY);

        assertThat(ledger.lapsed("i-1")).containsExactly(slot(KEY));

        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    default void whatMayHaveBeenSentIsConfirmedAndKeepsItsSlotToTheEndOfItsWindow() {
        InteractionLedger ledger = sent(KEY);
        ledger.confirm(KEY);

        assertThat(ledger.release(KEY)).isFalse();
        clock().advance(WINDOW);
        assertThat(ledger.active("i-1")).isEqualTo(1);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        clock().advance(INSTANT);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    default void finishedInteractionsLeaveNothingBehind() {
        InteractionLedger ledger = ledger();
        int finished = 50_000 * rounds() / 300;
        for (int i = 0; i < finished; i++) {
            SuggestionKey key = new SuggestionKey("i-" + i, "s");
            claimAndReserve(ledger, key);
            ledger.acknowledge(key);
            ledger.end(key, ACCEPTED);
        }
        assertThat(ledger.size()).isEqualTo(finished);

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    default void concurrentExpiriesReportEachSlotOnceWhileIdsAreClaimedAgain() throws Exception {
        List<SuggestionKey> keys =
                IntStream.range(0, LIMIT).mapToObj(i -> key("s-" + i)).toList();
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = sent(keys.toArray(SuggestionKey[]::new));
            clock().advance(WINDOW.plus(INSTANT));
            AtomicInteger next = new AtomicInteger();

            List<List<Ended>> reports = inThreads(8, () -> {
                int id = next.getAndIncrement();
                if (id < LIMIT) {
                    claim(ledger, keys.get(id));
                }
                return ledger.expire();
            });

            List<Ended> reported = new ArrayList<>(ledger.expire());
            reports.forEach(reported::addAll);
            assertThat(reported).extracting(Ended::key).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(ledger.size()).isEqualTo(LIMIT);
        }
    }
}
