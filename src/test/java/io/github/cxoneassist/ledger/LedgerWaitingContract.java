package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.AtOnce.inThreads;
import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What waits for a slot holds none, is not overtaken, and leaves in one way. */
interface LedgerWaitingContract extends LedgerFixture {

    @Test
    default void whatWaitsHoldsNoSlot() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);

        assertThat(ledger.hold(KEY)).isTrue();

        assertThat(ledger.isWaiting(KEY)).isTrue();
        assertThat(ledger.waiting("i-1")).isEqualTo(1);
        assertThat(ledger.waiting("i-2")).isZero();
        assertThat(ledger.waiting()).isEqualTo(1);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    default void holdingTwiceIsWaitingOnce() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);
        ledger.hold(KEY);

        assertThat(ledger.hold(KEY)).isTrue();

        assertThat(ledger.waiting("i-1")).isEqualTo(1);
    }

    @Test
    default void whatHasNoOpenClaimCannotWait() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);
        claim(ledger, key("over"));

        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(key("unheard")));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(KEY));
        clock().advance(WINDOW.plus(INSTANT));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(key("over")));
    }

    @Test
    default void whatIsOnlyClaimedOrActiveDoesNotWait() {
        InteractionLedger ledger = sent(KEY);
        claim(ledger, key("claimed"));

        assertThat(ledger.isWaiting(KEY)).isFalse();
        assertThat(ledger.isWaiting(key("claimed"))).isFalse();
        assertThat(ledger.isWaiting(key("unheard"))).isFalse();
        assertThat(ledger.waiting()).isZero();
    }

    @Test
    default void aNewcomerDoesNotOvertakeWhatWaits() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.end(key("a"), ACCEPTED);
        claim(ledger, key("newcomer"));

        assertThat(ledger.reserve(key("newcomer"), LIMIT)).isEqualTo(new Reservation(false, 1));
        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 0));
        assertThat(ledger.active("i-1")).isEqualTo(5);
        assertThat(ledger.waiting("i-1")).isZero();
    }

    @Test
    default void whatWaitsElsewhereKeepsNobodyBack() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(claimAndReserve(ledger, new SuggestionKey("i-2", "newcomer")))
                .isEqualTo(new Reservation(true, 4));
    }

    @Test
    default void whatWaitsGetsNoSlotWhereNoneIsFree() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(false, 0));
        assertThat(ledger.isWaiting(KEY)).isTrue();
    }

    @Test
    default void whicheverOfThoseThatWaitAsksGetsTheFreeSlot() {
        InteractionLedger ledger = fullWithWaiting(key("first"), key("second"));
        ledger.end(key("a"), DISMISSED);

        assertThat(ledger.reserve(key("second"), LIMIT)).isEqualTo(new Reservation(true, 0));
        assertThat(ledger.reserve(key("first"), LIMIT)).isEqualTo(new Reservation(false, 0));
    }

    @Test
    default void whatWaitedPastItsWindowKeepsNobodyBack() {
        InteractionLedger ledger = ledger();
        ledger.claim(KEY, clock().in(Duration.ZERO));
        ledger.hold(KEY);
        clock().advance(INSTANT);

        assertThat(ledger.isWaiting(KEY)).isFalse();
        assertThat(ledger.waiting("i-1")).isZero();
        assertThat(ledger.waiting()).isZero();
        assertThat(claimAndReserve(ledger, key("newcomer"))).isEqualTo(new Reservation(true, 4));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
    }

    @Test
    default void anIdThatWaitsIsADuplicateAndSettledOnceItIsConfirmed() {
        InteractionLedger ledger = full();
        claim(ledger, KEY);
        ledger.hold(KEY);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        assertThat(ledger.isConfirmed(KEY)).isFalse();

        ledger.confirm(KEY);

        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(ledger.isWaiting(KEY)).isTrue();
    }

    @Test
    default void whatWaitsUnsettledIsReleased() {
        InteractionLedger ledger = full();
        claim(ledger, KEY);
        ledger.hold(KEY);

        assertThat(ledger.release(KEY)).isTrue();
        assertThat(ledger.waiting()).isZero();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    default void whatWaitsSettledIsNotReleasedEvenWhenItHasItsSlot() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        assertThat(ledger.release(KEY)).isFalse();

        ledger.end(key("a"), ACCEPTED);
        ledger.reserve(KEY, LIMIT);

        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(5);
    }

    @Test
    default void framesForWhatWaitsChangeNothing() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.NOT_SENT);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.NOT_SENT);
        assertThat(ledger.isWaiting(KEY)).isTrue();
    }

    @Test
    default void whatCouldNotBeSentGivesItsSlotBackAndWaitsAgain() {
        InteractionLedger ledger = sent(KEY);
        ledger.confirm(KEY);

        assertThat(ledger.hold(KEY)).isTrue();

        assertThat(ledger.active("i-1")).isZero();
        assertThat(ledger.isWaiting(KEY)).isTrue();
        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    default void whatTheDesktopShowsDoesNotWaitAgain() {
        InteractionLedger ledger = sent(KEY);
        ledger.acknowledge(KEY);

        assertThat(ledger.hold(KEY)).isFalse();

        assertThat(ledger.isWaiting(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    default void whatIsSupersededIsForgottenThoughItWasSettled() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(ledger.supersede(KEY)).isTrue();
        assertThat(ledger.supersede(KEY)).isFalse();

        assertThat(ledger.waiting()).isZero();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    default void onlyWhatWaitsIsSuperseded() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        claim(ledger, key("claimed"));
        ledger.end(key("a"), ACCEPTED);
        ledger.reserve(KEY, LIMIT);

        assertThat(ledger.supersede(KEY)).isFalse();
        assertThat(ledger.supersede(key("claimed"))).isFalse();
        assertThat(ledger.supersede(key("a"))).isFalse();
        assertThat(ledger.supersede(key("unheard"))).isFalse();
        assertThat(ledger.size()).isEqualTo(7);
    }

    @Test
    default void whatWaitedPastItsWindowIsReportedAsExpiredAndNotSuperseded() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            ledger.end(key(id), ACCEPTED);
        }

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.supersede(KEY)).isFalse();
        assertThat(ledger.expire()).containsExactly(waited(KEY));
        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    default void whatWasSupersededIsNotReportedAsExpired() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);
        ledger.hold(KEY);
        ledger.supersede(KEY);

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    default void whatWaitedAndWasClaimedAgainAfterItsWindowIsReportedOnce() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);
        ledger.hold(KEY);
        clock().advance(WINDOW.plus(INSTANT));
        claim(ledger, KEY);

        assertThat(ledger.expire()).containsExactly(waited(KEY));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.isWaiting(KEY)).isFalse();
    }

    @Test
    default void aFreeSlotGoesToOneOfManyThatWaitAndToNoNewcomer() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = fullWithWaiting(key("w-0"), key("w-1"), key("w-2"), key("w-3"));
            ledger.end(key("a"), ACCEPTED);
            AtomicInteger next = new AtomicInteger();

            List<String> granted = inThreads(8, () -> {
                int id = next.getAndIncrement();
                SuggestionKey key = key(id < 4 ? "w-" + id : "newcomer-" + id);
                claim(ledger, key);
                return ledger.reserve(key, LIMIT).granted() ? key.suggestionId() : "none";
            });

            assertThat(granted).filteredOn(id -> id.startsWith("w-")).hasSize(1);
            assertThat(granted).filteredOn("none"::equals).hasSize(7);
            assertThat(ledger.active("i-1")).isEqualTo(LIMIT);
            assertThat(ledger.waiting("i-1")).isEqualTo(3);
        }
    }

    @Test
    default void eachOfThoseThatWaitLeavesInOneWay() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = fullWithWaiting(KEY);
            ledger.end(key("a"), ACCEPTED);
            AtomicInteger next = new AtomicInteger();

            List<Boolean> left = inThreads(3, () -> switch (next.getAndIncrement()) {
                case 0 -> ledger.supersede(KEY);
                case 1 -> ledger.endInteraction("i-1").contains(waited(KEY));
                default -> {
                    try {
                        yield ledger.reserve(KEY, LIMIT).granted();
                    } catch (NotClaimedException e) {
                        yield false;
                    }
                }
            });

            assertThat(left).containsOnlyOnce(true);
        }
    }
}
