package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.suggestion.Priority;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every ledger keeps. A subclass makes an empty one for each call of {@link #ledger}. */
abstract class InteractionLedgerContract {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final Duration INSTANT = Duration.ofNanos(1000);
    private static final Duration COOL_DOWN = Duration.ofHours(1);
    private static final int LIMIT = 5;
    private static final ContentRule UNIQUE = new ContentRule("refund", true, Duration.ZERO);
    private static final ContentRule COOLING = new ContentRule("refund", false, COOL_DOWN);
    private static final SuggestionKey KEY = key("s-1");

    /** An empty ledger that goes by this clock. */
    abstract InteractionLedger ledger(Clock clock);

    /** How often the tests of many threads are repeated; a ledger across a network may lower it. */
    int rounds() {
        return 300;
    }

    private final TestClock clock = new TestClock();

    @Test
    void aSecondClaimIsADuplicate() {
        InteractionLedger ledger = ledger(clock);

        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
    }

    @Test
    void theSameIdIsNewInAnotherInteraction() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);

        assertThat(claim(ledger, new SuggestionKey("another", KEY.suggestionId())))
                .isEqualTo(Claim.NEW);
    }

    @Test
    void theOriginOfAClaimIsKnownToTheEndOfItsWindow() {
        InteractionLedger ledger = ledger(clock);
        Origin origin = new Origin("knowledge-base", Priority.HIGH, 0.8, 0.85);
        Instant until = clock.instant().plus(WINDOW);
        ledger.claim(KEY, until, origin, ContentRule.OFF);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, ACCEPTED);

        assertThat(ledger.origin(KEY)).contains(origin);
        assertThat(ledger.origin(key("unknown"))).isEmpty();
        clock.advance(WINDOW.plus(INSTANT));
        assertThat(ledger.origin(KEY)).isEmpty();
    }

    @Test
    void aRestoredOneHasItsOriginAgain() {
        InteractionLedger ledger = ledger(clock);

        ledger.restore(KEY, clock.instant().plus(WINDOW), new Restored.Waiting(), Origin.of("model"), ContentRule.OFF);

        assertThat(ledger.origin(KEY)).contains(Origin.of("model"));
    }

    @Test
    void oneWithASlotIsUnansweredUntilTheDesktopAcknowledgesIt() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);
        assertThat(ledger.isUnanswered(KEY)).isFalse();
        ledger.reserve(KEY, LIMIT);
        assertThat(ledger.isUnanswered(KEY)).isTrue();

        ledger.acknowledge(KEY);

        assertThat(ledger.isUnanswered(KEY)).isFalse();
    }

    @Test
    void aClaimIsNotSettledUntilItIsConfirmed() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);
        ledger.reserve(KEY, 5);
        assertThat(ledger.isConfirmed(KEY)).isFalse();

        ledger.confirm(KEY);

        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void whatIsNotKnownCannotBeConfirmed() {
        InteractionLedger ledger = ledger(clock);

        ledger.confirm(KEY);

        assertThat(ledger.isConfirmed(KEY)).isFalse();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    void aClaimThatWasGivenBackIsNotConfirmed() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);
        ledger.release(KEY);

        assertThat(ledger.isConfirmed(KEY)).isFalse();
    }

    @Test
    void theLastInstantOfTheWindowBelongsToIt() {
        InteractionLedger ledger = sent(KEY);

        clock.advance(WINDOW);

        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
    }

    @Test
    void anIdIsNewAgainWhenItsWindowIsOver() {
        InteractionLedger ledger = sent(KEY);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    void aDecidedIdStaysADuplicateUntilItsWindowIsOver() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, DISMISSED);

        clock.advance(WINDOW);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        clock.advance(INSTANT);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    void aClaimHoldsNoSlot() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);

        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    void eachReservationTakesOneSlotUntilNoneIsFree() {
        InteractionLedger ledger = ledger(clock);

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
    void reservingTwiceIsTheSameReservation() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 4));
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void aSmallerLimitTakesNoSlotAwayAndGrantsNone() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("c"));
        claim(ledger, KEY);

        assertThat(ledger.reserve(KEY, 2)).isEqualTo(new Reservation(false, 0));
        assertThat(ledger.reserve(key("a"), 2)).isEqualTo(new Reservation(true, 0));
        assertThat(ledger.active("i-1")).isEqualTo(3);
    }

    @Test
    void interactionsDoNotShareSlots() {
        InteractionLedger ledger = full();
        SuggestionKey elsewhere = new SuggestionKey("i-2", "a");

        assertThat(claimAndReserve(ledger, elsewhere)).isEqualTo(new Reservation(true, 4));
        assertThat(ledger.active("i-2")).isEqualTo(1);
        assertThat(ledger.active()).isEqualTo(6);
    }

    @Test
    void whatWasNeverClaimedCannotReserve() {
        InteractionLedger ledger = ledger(clock);

        assertThatExceptionOfType(NotClaimedException.class)
                .isThrownBy(() -> ledger.reserve(KEY, LIMIT))
                .isInstanceOf(IllegalStateException.class)
                .withMessageContaining("s-1")
                .withMessageContaining("claim it before");
        assertThat(ledger.size()).isZero();
    }

    @Test
    void whatIsDecidedCannotReserveAgain() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);

        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
    }

    @Test
    void aClaimPastItsWindowCannotReserveWhetherItWasDroppedOrNot() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);
        clock.advance(WINDOW.plus(INSTANT));

        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
        ledger.expire();
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
    }

    @Test
    void aReleasedClaimMayComeAgain() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);

        assertThat(ledger.release(KEY)).isTrue();
        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.size()).isZero();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    void whoeverIsLateReleasesAndConfirmsHisOwnClaimAndNotTheOneAfterIt() {
        InteractionLedger ledger = ledger(clock);
        Instant before = clock.in(WINDOW);
        ledger.claim(KEY, before);
        clock.advance(WINDOW.plus(INSTANT));
        Instant now = clock.in(WINDOW);
        ledger.claim(KEY, now);

        ledger.confirm(KEY, before);
        assertThat(ledger.isConfirmed(KEY)).isFalse();
        assertThat(ledger.release(KEY, before)).isFalse();
        assertThat(ledger.release(KEY, now)).isTrue();
        ledger.claim(KEY, now);
        ledger.confirm(KEY, now);
        assertThat(ledger.isConfirmed(KEY)).isTrue();
    }

    @Test
    void aReleasedReservationGivesItsSlotBack() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.release(KEY)).isTrue();
        assertThat(ledger.active("i-1")).isZero();
        assertThat(claimAndReserve(ledger, KEY)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void whatTheAgentDecidedOnIsNotReleased() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);

        assertThat(ledger.release(KEY)).isFalse();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
    }

    @Test
    void whatTheDesktopShowsIsNotReleased() {
        InteractionLedger ledger = sent(KEY);
        ledger.acknowledge(KEY);

        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void whatWasReleasedIsNotReportedAsExpired() {
        InteractionLedger ledger = sent(KEY);
        ledger.release(KEY);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    void onlyTheFirstAcknowledgementIsTheFirst() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void anAcknowledgementOvertakenByTheDecisionIsStillTheFirst() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    void framesForWhatWasNeverSentChangeNothing() {
        InteractionLedger ledger = ledger(clock);
        SuggestionKey held = key("held");
        claim(ledger, held);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.UNKNOWN);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.acknowledge(held)).isEqualTo(Acknowledgement.NOT_SENT);
        assertThat(ledger.end(held, DISMISSED)).isEqualTo(Ending.NOT_SENT);
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.reserve(held, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void framesForWhatIsOverChangeNothing() {
        InteractionLedger ledger = sent(KEY);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.UNKNOWN);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.expire()).containsExactly(slot(KEY));
    }

    @Test
    void theFirstDecisionWinsAndTheSlotIsFreedOnce() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("c"), key("d"), key("e"));

        assertThat(ledger.end(key("a"), ACCEPTED)).isEqualTo(Ending.FREED);
        assertThat(ledger.end(key("a"), ACCEPTED)).isEqualTo(Ending.REPEATED);
        assertThat(ledger.end(key("a"), DISMISSED)).isEqualTo(Ending.REPEATED);

        assertThat(ledger.active("i-1")).isEqualTo(4);
        assertThat(claimAndReserve(ledger, key("f"))).isEqualTo(new Reservation(true, 0));
        assertThat(claimAndReserve(ledger, key("g"))).isEqualTo(new Reservation(false, 0));
    }

    @Test
    void aSlotIsFreeWhenItsWindowIsOverEvenBeforeAnythingIsDropped() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("c"), key("d"), key("e"));

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.active("i-1")).isZero();
        assertThat(ledger.active()).isZero();
        assertThat(claimAndReserve(ledger, KEY)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void expiryReportsOnceAndOnlyWhatHeldASlot() {
        InteractionLedger ledger = sent(key("open"), key("decided"));
        claim(ledger, key("held"));
        ledger.end(key("decided"), DISMISSED);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).containsExactly(slot(key("open")));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void expiryLeavesWhatIsStillWithinItsWindow() {
        InteractionLedger ledger = sent(key("early"));
        clock.advance(INSTANT);
        claimAndReserve(ledger, key("late"));

        clock.advance(WINDOW);

        assertThat(ledger.expire()).containsExactly(slot(key("early")));
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void aSlotThatRanOutIsReportedOnceThoughItsIdWasClaimedAgain() {
        InteractionLedger ledger = sent(KEY);
        clock.advance(WINDOW.plus(INSTANT));
        claimAndReserve(ledger, KEY);

        assertThat(ledger.expire()).containsExactly(slot(KEY));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);

        clock.advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).containsExactly(slot(KEY));
    }

    @Test
    void finishedInteractionsLeaveNothingBehind() {
        InteractionLedger ledger = ledger(clock);
        int finished = 50_000 * rounds() / 300;
        for (int i = 0; i < finished; i++) {
            SuggestionKey key = new SuggestionKey("i-" + i, "s");
            claimAndReserve(ledger, key);
            ledger.acknowledge(key);
            ledger.end(key, ACCEPTED);
        }
        assertThat(ledger.size()).isEqualTo(finished);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void whatWaitsHoldsNoSlot() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);

        assertThat(ledger.hold(KEY)).isTrue();

        assertThat(ledger.isWaiting(KEY)).isTrue();
        assertThat(ledger.waiting("i-1")).isEqualTo(1);
        assertThat(ledger.waiting("i-2")).isZero();
        assertThat(ledger.waiting()).isEqualTo(1);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    void holdingTwiceIsWaitingOnce() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);
        ledger.hold(KEY);

        assertThat(ledger.hold(KEY)).isTrue();

        assertThat(ledger.waiting("i-1")).isEqualTo(1);
    }

    @Test
    void whatHasNoOpenClaimCannotWait() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);
        claim(ledger, key("over"));

        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(key("unheard")));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(KEY));
        clock.advance(WINDOW.plus(INSTANT));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(key("over")));
    }

    @Test
    void whatIsOnlyClaimedOrActiveDoesNotWait() {
        InteractionLedger ledger = sent(KEY);
        claim(ledger, key("claimed"));

        assertThat(ledger.isWaiting(KEY)).isFalse();
        assertThat(ledger.isWaiting(key("claimed"))).isFalse();
        assertThat(ledger.isWaiting(key("unheard"))).isFalse();
        assertThat(ledger.waiting()).isZero();
    }

    @Test
    void aNewcomerDoesNotOvertakeWhatWaits() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.end(key("a"), ACCEPTED);
        claim(ledger, key("newcomer"));

        assertThat(ledger.reserve(key("newcomer"), LIMIT)).isEqualTo(new Reservation(false, 1));
        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 0));
        assertThat(ledger.active("i-1")).isEqualTo(5);
        assertThat(ledger.waiting("i-1")).isZero();
    }

    @Test
    void whatWaitsElsewhereKeepsNobodyBack() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(claimAndReserve(ledger, new SuggestionKey("i-2", "newcomer")))
                .isEqualTo(new Reservation(true, 4));
    }

    @Test
    void whatWaitsGetsNoSlotWhereNoneIsFree() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(false, 0));
        assertThat(ledger.isWaiting(KEY)).isTrue();
    }

    @Test
    void whicheverOfThoseThatWaitAsksGetsTheFreeSlot() {
        InteractionLedger ledger = fullWithWaiting(key("first"), key("second"));
        ledger.end(key("a"), DISMISSED);

        assertThat(ledger.reserve(key("second"), LIMIT)).isEqualTo(new Reservation(true, 0));
        assertThat(ledger.reserve(key("first"), LIMIT)).isEqualTo(new Reservation(false, 0));
    }

    @Test
    void whatWaitedPastItsWindowKeepsNobodyBack() {
        InteractionLedger ledger = ledger(clock);
        ledger.claim(KEY, clock.in(Duration.ZERO));
        ledger.hold(KEY);
        clock.advance(INSTANT);

        assertThat(ledger.isWaiting(KEY)).isFalse();
        assertThat(ledger.waiting("i-1")).isZero();
        assertThat(ledger.waiting()).isZero();
        assertThat(claimAndReserve(ledger, key("newcomer"))).isEqualTo(new Reservation(true, 4));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
    }

    @Test
    void anIdThatWaitsIsADuplicateAndSettledOnceItIsConfirmed() {
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
    void whatWaitsUnsettledIsReleased() {
        InteractionLedger ledger = full();
        claim(ledger, KEY);
        ledger.hold(KEY);

        assertThat(ledger.release(KEY)).isTrue();
        assertThat(ledger.waiting()).isZero();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    void whatWaitsSettledIsNotReleasedEvenWhenItHasItsSlot() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        assertThat(ledger.release(KEY)).isFalse();

        ledger.end(key("a"), ACCEPTED);
        ledger.reserve(KEY, LIMIT);

        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(5);
    }

    @Test
    void framesForWhatWaitsChangeNothing() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.NOT_SENT);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.NOT_SENT);
        assertThat(ledger.isWaiting(KEY)).isTrue();
    }

    @Test
    void whatCouldNotBeSentGivesItsSlotBackAndWaitsAgain() {
        InteractionLedger ledger = sent(KEY);
        ledger.confirm(KEY);

        assertThat(ledger.hold(KEY)).isTrue();

        assertThat(ledger.active("i-1")).isZero();
        assertThat(ledger.isWaiting(KEY)).isTrue();
        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void whatTheDesktopShowsDoesNotWaitAgain() {
        InteractionLedger ledger = sent(KEY);
        ledger.acknowledge(KEY);

        assertThat(ledger.hold(KEY)).isFalse();

        assertThat(ledger.isWaiting(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void whatMayHaveBeenSentIsConfirmedAndKeepsItsSlotToTheEndOfItsWindow() {
        InteractionLedger ledger = sent(KEY);
        ledger.confirm(KEY);

        assertThat(ledger.release(KEY)).isFalse();
        clock.advance(WINDOW);
        assertThat(ledger.active("i-1")).isEqualTo(1);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        clock.advance(INSTANT);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    void whatIsSupersededIsForgottenThoughItWasSettled() {
        InteractionLedger ledger = fullWithWaiting(KEY);

        assertThat(ledger.supersede(KEY)).isTrue();
        assertThat(ledger.supersede(KEY)).isFalse();

        assertThat(ledger.waiting()).isZero();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    void onlyWhatWaitsIsSuperseded() {
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
    void whatWaitedPastItsWindowIsReportedAsExpiredAndNotSuperseded() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            ledger.end(key(id), ACCEPTED);
        }

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.supersede(KEY)).isFalse();
        assertThat(ledger.expire()).containsExactly(waited(KEY));
        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    void whatWasSupersededIsNotReportedAsExpired() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);
        ledger.hold(KEY);
        ledger.supersede(KEY);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    void whatWaitedAndWasClaimedAgainAfterItsWindowIsReportedOnce() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);
        ledger.hold(KEY);
        clock.advance(WINDOW.plus(INSTANT));
        claim(ledger, KEY);

        assertThat(ledger.expire()).containsExactly(waited(KEY));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.isWaiting(KEY)).isFalse();
    }

    @Test
    void anAcceptBeforeItsAckFreesTheSlotOnce() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.FREED);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.REPEATED);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    void oneInteractionsPastWindowsAreReportedToWhoeverAsksForThemAndNotAgain() {
        InteractionLedger ledger = sent(KEY);
        SuggestionKey elsewhere = new SuggestionKey("i-2", "s-1");
        claimAndReserve(ledger, elsewhere);
        assertThat(ledger.lapsed("i-1")).isEmpty();
        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.lapsed("i-1")).containsExactly(slot(KEY));

        assertThat(ledger.lapsed("i-1")).isEmpty();
        assertThat(ledger.expire()).containsExactly(slot(elsewhere));
    }

    @Test
    void oneThatWasClaimedAgainIsAmongItsInteractionsPastWindows() {
        InteractionLedger ledger = sent(KEY);
        clock.advance(WINDOW.plus(INSTANT));
        claimAndReserve(ledger, KEY);

        assertThat(ledger.lapsed("i-1")).containsExactly(slot(KEY));

        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void anAcceptAfterExpiryIsUnknown() {
        InteractionLedger ledger = sent(KEY);
        clock.advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).containsExactly(slot(KEY));

        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    void aDismissedIdIsADuplicateWithinItsWindowThoughSlotsAreFree() {
        InteractionLedger ledger = sent(KEY);
        ledger.acknowledge(KEY);
        ledger.end(KEY, DISMISSED);

        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(KEY));
    }

    @Test
    void theEndOfAnInteractionEndsWhatWaitsAndWhatHoldsASlotOnce() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("decided"));
        ledger.end(key("decided"), ACCEPTED);
        claim(ledger, KEY);
        ledger.hold(KEY);
        claimAndReserve(ledger, new SuggestionKey("i-2", "elsewhere"));

        assertThat(ledger.endInteraction("i-1")).containsExactlyInAnyOrder(slot(key("a")), slot(key("b")), waited(KEY));

        assertThat(ledger.endInteraction("i-1")).isEmpty();
        assertThat(ledger.active("i-1")).isZero();
        assertThat(ledger.waiting("i-1")).isZero();
        assertThat(ledger.active("i-2")).isEqualTo(1);
    }

    @Test
    void theEndOfAnUnknownInteractionEndsNothing() {
        InteractionLedger ledger = ledger(clock);

        assertThat(ledger.endInteraction("i-1")).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void whatEndedWithItsInteractionStaysKnownUntilItsWindowIsOverAndIsNotReportedAgain() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.endInteraction("i-1");

        for (SuggestionKey key : List.of(key("a"), KEY)) {
            assertThat(claim(ledger, key)).isEqualTo(Claim.DUPLICATE);
            assertThat(ledger.isConfirmed(key)).isTrue();
            assertThat(ledger.release(key)).isFalse();
            assertThat(ledger.supersede(key)).isFalse();
            assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(key, LIMIT));
            assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(key));
        }
        clock.advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void framesAfterTheEndOfTheInteractionFreeNothing() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.acknowledge(key("a"));
        ledger.endInteraction("i-1");

        assertThat(ledger.acknowledge(key("a"))).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.acknowledge(key("b"))).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.NOT_SENT);
        assertThat(ledger.end(key("a"), ACCEPTED)).isEqualTo(Ending.AFTER_INTERACTION);
        assertThat(ledger.end(key("b"), DISMISSED)).isEqualTo(Ending.AFTER_INTERACTION);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.NOT_SENT);
    }

    @Test
    void whatIsClaimedAfterTheEndOfTheInteractionIsNew() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.endInteraction("i-1");

        assertThat(claimAndReserve(ledger, key("later"))).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void whatIsOverWhenTheInteractionEndsIsLeftToExpiry() {
        InteractionLedger ledger = sent(KEY);
        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.endInteraction("i-1")).isEmpty();
        assertThat(ledger.expire()).containsExactly(slot(KEY));
    }

    @Test
    void sameContentUnderAnotherIdIsADuplicateOfContent() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY, UNIQUE);

        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.DUPLICATE_CONTENT);
        assertThat(claim(ledger, KEY, UNIQUE)).isEqualTo(Claim.DUPLICATE);
        assertThat(claim(ledger, key("other"), new ContentRule("another content", true, Duration.ZERO)))
                .isEqualTo(Claim.NEW);
        assertThat(claim(ledger, new SuggestionKey("i-2", "other"), UNIQUE)).isEqualTo(Claim.NEW);
    }

    @Test
    void aClaimRefusedForItsContentLeavesNothingBehind() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY, UNIQUE);

        claim(ledger, key("other"), UNIQUE);

        assertThat(ledger.size()).isEqualTo(1);
        assertThat(claim(ledger, key("other"))).isEqualTo(Claim.NEW);
    }

    @Test
    void contentIsADuplicateInWhicheverStateTheOtherIsUntilItsWindowIsOver() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY, UNIQUE);
        ledger.reserve(KEY, LIMIT);
        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.DUPLICATE_CONTENT);
        ledger.end(KEY, ACCEPTED);

        clock.advance(WINDOW);
        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.DUPLICATE_CONTENT);
        clock.advance(INSTANT);
        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.NEW);
    }

    @Test
    void contentThatWasGivenBackIsNew() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY, UNIQUE);
        ledger.release(KEY);

        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.NEW);
    }

    @Test
    void aDismissedContentCoolsDownBeyondTheEndOfItsWindow() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY, COOLING);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, DISMISSED);

        assertThat(claim(ledger, key("other"), COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock.advance(COOL_DOWN);
        ledger.expire();
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock.advance(INSTANT);
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    void onlyTheDismissedContentInItsInteractionCoolsDown() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY, COOLING);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, DISMISSED);

        assertThat(claim(ledger, key("other"), new ContentRule("another content", false, COOL_DOWN)))
                .isEqualTo(Claim.NEW);
        assertThat(claim(ledger, new SuggestionKey("i-2", "other"), COOLING)).isEqualTo(Claim.NEW);
        assertThat(claim(ledger, key("rule off"))).isEqualTo(Claim.NEW);
    }

    @Test
    void whatWasAcceptedOrEndedWithItsInteractionDoesNotCoolDown() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY, COOLING);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, ACCEPTED);
        claim(ledger, key("dropped"), COOLING);
        ledger.reserve(key("dropped"), LIMIT);
        ledger.endInteraction("i-1");
        ledger.end(key("dropped"), DISMISSED);

        assertThat(claim(ledger, key("other"), COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    void aSecondDismissalProlongsTheCoolDown() {
        InteractionLedger ledger = ledger(clock);
        for (SuggestionKey key : List.of(key("a"), key("b"))) {
            claim(ledger, key, COOLING);
            ledger.reserve(key, LIMIT);
        }
        ledger.end(key("a"), DISMISSED);
        clock.advance(INSTANT);
        ledger.end(key("b"), DISMISSED);

        clock.advance(COOL_DOWN);
        ledger.expire();
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock.advance(INSTANT);
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    void aDismissedContentIsSaidToCoolDownWhereItIsADuplicateToo() {
        InteractionLedger ledger = ledger(clock);
        ContentRule both = new ContentRule("refund", true, COOL_DOWN);
        claim(ledger, KEY, both);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, DISMISSED);

        assertThat(claim(ledger, key("other"), both)).isEqualTo(Claim.COOLING_DOWN);
        assertThat(claim(ledger, KEY, both)).isEqualTo(Claim.DUPLICATE);
    }

    @Test
    void whatWaitedBeforeARestartWaitsSettled() {
        InteractionLedger ledger = ledger(clock);
        ledger.restore(KEY, clock.in(WINDOW), new Restored.Waiting());

        assertThat(ledger.isWaiting(KEY)).isTrue();
        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        assertThat(claimAndReserve(ledger, key("newcomer"))).isEqualTo(new Reservation(false, 5));
        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void whatWasActiveBeforeARestartIsActiveAndSettled() {
        InteractionLedger ledger = ledger(clock);
        ledger.restore(key("sent"), clock.in(WINDOW), new Restored.Active(false));
        ledger.restore(key("shown"), clock.in(WINDOW), new Restored.Active(true));

        assertThat(ledger.active("i-1")).isEqualTo(2);
        assertThat(ledger.release(key("sent"))).isFalse();
        assertThat(ledger.acknowledge(key("sent"))).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(key("shown"))).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.end(key("shown"), ACCEPTED)).isEqualTo(Ending.FREED);
        clock.advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).containsExactly(slot(key("sent")));
    }

    @Test
    void whatEndedBeforeARestartIsKnownAndHoldsNothing() {
        InteractionLedger ledger = ledger(clock);
        Instant until = clock.in(WINDOW);
        ledger.restore(key("decided"), until, new Restored.Decided(ACCEPTED, clock.instant(), false));
        ledger.restore(key("dropped"), until, new Restored.Dropped(false, true));
        ledger.restore(key("waited"), until, new Restored.Dropped(true, false));

        assertThat(ledger.active()).isZero();
        assertThat(ledger.waiting()).isZero();
        assertThat(ledger.end(key("decided"), ACCEPTED)).isEqualTo(Ending.REPEATED);
        assertThat(ledger.acknowledge(key("decided"))).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.end(key("dropped"), ACCEPTED)).isEqualTo(Ending.AFTER_INTERACTION);
        assertThat(ledger.acknowledge(key("dropped"))).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.end(key("waited"), ACCEPTED)).isEqualTo(Ending.NOT_SENT);
        for (String id : List.of("decided", "dropped", "waited")) {
            assertThat(claim(ledger, key(id))).isEqualTo(Claim.DUPLICATE);
        }
        clock.advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void restoringTheSameAgainChangesNothingAndTheLastStateCounts() {
        InteractionLedger ledger = ledger(clock);
        Instant until = clock.in(WINDOW);
        ledger.restore(KEY, until.minus(INSTANT), new Restored.Waiting());
        ledger.restore(KEY, until, new Restored.Active(false));
        ledger.restore(KEY, until, new Restored.Active(false));

        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.waiting("i-1")).isZero();
        clock.advance(WINDOW);
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);
        clock.advance(INSTANT);
        assertThat(ledger.expire()).containsExactly(slot(KEY));
        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    void whatRanOutBeforeTheRestartIsReportedByTheNextExpiry() {
        InteractionLedger ledger = ledger(clock);
        Instant past = clock.instant().minus(INSTANT);
        ledger.restore(key("active"), past, new Restored.Active(true));
        ledger.restore(KEY, past, new Restored.Waiting());

        assertThat(ledger.active()).isZero();
        assertThat(ledger.expire()).containsExactlyInAnyOrder(slot(key("active")), waited(KEY));
        assertThat(ledger.size()).isZero();
    }

    @Test
    void contentAndCoolDownSurviveARestart() {
        InteractionLedger ledger = ledger(clock);
        Instant dismissed = clock.instant().minus(WINDOW);
        Restored state = new Restored.Decided(DISMISSED, dismissed, true);
        ledger.restore(KEY, clock.instant().minus(INSTANT), state, COOLING);
        ledger.restore(key("waits"), clock.in(WINDOW), new Restored.Waiting(), new ContentRule("b", true, COOL_DOWN));
        ledger.expire();

        assertThat(claim(ledger, key("x"), new ContentRule("b", true, Duration.ZERO)))
                .isEqualTo(Claim.DUPLICATE_CONTENT);
        clock.advance(COOL_DOWN.minus(WINDOW));
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock.advance(INSTANT);
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    void aFreeSlotGoesToOneOfManyThatWaitAndToNoNewcomer() throws Exception {
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
    void eachOfThoseThatWaitLeavesInOneWay() throws Exception {
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

    @Test
    void exactlyTheLimitIsGrantedHoweverManyAskAtOnce() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = ledger(clock);
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

    @Test
    void oneOfManyEqualClaimsIsNew() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = ledger(clock);

            List<Claim> answers = inThreads(8, () -> claim(ledger, KEY));

            assertThat(answers).containsOnlyOnce(Claim.NEW);
        }
    }

    @Test
    void oneOfManyEqualDecisionsFreesTheSlot() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = sent(KEY);

            List<Ending> answers = inThreads(8, () -> ledger.end(KEY, ACCEPTED));

            assertThat(answers).containsOnlyOnce(Ending.FREED).doesNotContain(Ending.UNKNOWN);
        }
    }

    @Test
    void concurrentExpiriesReportEachSlotOnceWhileIdsAreClaimedAgain() throws Exception {
        List<SuggestionKey> keys =
                IntStream.range(0, LIMIT).mapToObj(i -> key("s-" + i)).toList();
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = sent(keys.toArray(SuggestionKey[]::new));
            clock.advance(WINDOW.plus(INSTANT));
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

    @Property(tries = 3000)
    void anyHistoryIsAnsweredAsTheModelAnswersIt(@ForAll("histories") List<LedgerStep> history) {
        TestClock time = new TestClock();
        InteractionLedger ledger = ledger(time);
        InteractionLedger model = new LedgerModel(time);

        for (int i = 0; i < history.size(); i++) {
            LedgerStep step = history.get(i);
            if (step instanceof LedgerStep.Wait wait) {
                time.advance(wait.time());
            }
            assertThat(step.on(ledger, time)).as("step %d, %s", i, step).isEqualTo(step.on(model, time));
            for (String interaction : List.of("i-1", "i-2")) {
                assertThat(ledger.active(interaction))
                        .isEqualTo(model.active(interaction))
                        .isLessThanOrEqualTo(3);
                assertThat(ledger.waiting(interaction)).isEqualTo(model.waiting(interaction));
            }
            assertThat(ledger.active()).isEqualTo(model.active());
            assertThat(ledger.waiting()).isEqualTo(model.waiting());
        }
    }

    @Provide
    Arbitrary<List<LedgerStep>> histories() {
        return LedgerStep.histories(3);
    }

    private static SuggestionKey key(String suggestionId) {
        return new SuggestionKey("i-1", suggestionId);
    }

    private Claim claim(InteractionLedger ledger, SuggestionKey key) {
        return ledger.claim(key, clock.in(WINDOW));
    }

    private Reservation claimAndReserve(InteractionLedger ledger, SuggestionKey key) {
        claim(ledger, key);
        return ledger.reserve(key, LIMIT);
    }

    private Claim claim(InteractionLedger ledger, SuggestionKey key, ContentRule content) {
        return ledger.claim(key, clock.in(WINDOW), content);
    }

    /** An interaction whose five slots are taken, by a to e. */
    private InteractionLedger full() {
        return sent(key("a"), key("b"), key("c"), key("d"), key("e"));
    }

    /** {@link #full}, and these wait, settled. */
    private InteractionLedger fullWithWaiting(SuggestionKey... keys) {
        InteractionLedger ledger = full();
        for (SuggestionKey key : keys) {
            claim(ledger, key);
            ledger.hold(key);
            ledger.confirm(key);
        }
        return ledger;
    }

    private static Ended slot(SuggestionKey key) {
        return new Ended(key, false);
    }

    private static Ended waited(SuggestionKey key) {
        return new Ended(key, true);
    }

    private InteractionLedger sent(SuggestionKey... keys) {
        InteractionLedger ledger = ledger(clock);
        for (SuggestionKey key : keys) {
            claimAndReserve(ledger, key);
        }
        return ledger;
    }

    /** Runs the same in so many threads, which start together. */
    private static <T> List<T> inThreads(int count, Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier start = new CyclicBarrier(count);
            List<Future<T>> running = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        return work.call();
                    }))
                    .toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> future : running) {
                answers.add(future.get(30, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
