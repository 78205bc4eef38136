package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.AtOnce.inThreads;
import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An interaction has so many slots and no more, and each is given to what has a claim to it. */
interface LedgerSlotContract extends LedgerFixture {

    @Test
    default void eachReservationTakesOneSlotUntilNoneIsFree() {
        InteractionLedger ledger = ledger();

        List<Reservation> answers = IntStream.rangeClosed(1, 6)
                .mapToObj(i -> claimAndReserve(ledger, key("s-" + i)))
                .toList();

        assertThat(answers)
                .containsExactly(
                        new Reservation(true, 4),
                        new Reservation(true, 3),
                        new Reservation(true, 2),
                        new Reservation(true, 1),
                        new Reservation(true, 0),
                        new Reservation(false, 0));
        assertThat(ledger.active("i-1")).isEqualTo(5);
    }

    @Test
    default void reservingTwiceIsTheSameReservation() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 4));
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    default void aSmallerLimitTakesNoSlotAwayAndGrantsNone() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("c"));
        claim(ledger, KEY);

        assertThat(ledger.reserve(KEY, 2)).isEqualTo(new Reservation(false, 0));
        assertThat(ledger.reserve(key("a"), 2)).isEqualTo(new Reservation(true, 0));
        assertThat(ledger.active("i-1")).isEqualTo(3);
    }

    @Test
    default void interactionsDoNotShareSlots() {
        InteractionLedger ledger = full();
        SuggestionKey elsewhere = new SuggestionKey("i-2", "a");

        assertThat(claimAndReserve(ledger, elsewhere)).isEqualTo(new Reservation(true, 4));
        assertThat(ledger.active("i-2")).isEqualTo(1);
        assertThat(ledger.active()).isEqualTo(6);
    }

    @Test
    default void whatWasNeverClaimedCannotReserve() {
        InteractionLedger ledger = ledger();

        assertThatExceptionOfType(NotClaimedException.class)
                .isThrownBy(() -> ledger.reserve(KEY, LIMIT))
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("s-1")
                .withMessageContaining("claim it before");
        assertThat(ledger.size()).isZero();
    }

    @Test
    default void whatIsDecidedCannotReserveAgain() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);

        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
    }

    @Test
    default void aClaimPastItsWindowCannotReserveWhetherItWasDroppedOrNot() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);
        clock().advance(WINDOW.plus(INSTANT));

        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
        ledger.expire();
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
    }

    @Test
    default void exactlyTheLimitIsGrantedHoweverManyAskAtOnce() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = ledger();
            AtomicInteger granted = new AtomicInteger();
            AtomicInteger next = new AtomicInteger();

            inThreads(16, () -> {
                for (int id = next.getAndIncrement(); id < 200; id = next.getAndIncrement()) {
                    if (claimAndReserve(ledger, key("s-" + id)).granted()) {
                        granted.incrementAndGet();
                    }
                }
                return null;
            });

            assertThat(granted).hasValue(LIMIT);
            assertThat(ledger.active("i-1")).isEqualTo(LIMIT);
        }
    }
}
