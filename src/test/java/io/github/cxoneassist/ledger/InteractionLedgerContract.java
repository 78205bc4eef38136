package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
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
    private static final int LIMIT = 5;
    private static final SuggestionKey KEY = key("s-1");

    /** An empty ledger that goes by this clock. */
    abstract InteractionLedger ledger(Clock clock);

    /** How often the tests of many threads are repeated; a ledger across a network may lower it. */
    int rounds() {
        return 300;
    }

    private final SettableClock clock = new SettableClock();

    @Test
    void aSecondClaimIsADuplicate() {
        InteractionLedger ledger = ledger(clock);

        assertThat(claim(ledger, KEY)).isTrue();
        assertThat(claim(ledger, KEY)).isFalse();
    }

    @Test
    void theSameIdIsNewInAnotherInteraction() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);

        assertThat(claim(ledger, new SuggestionKey("another", KEY.suggestionId())))
                .isTrue();
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
        assertThat(claim(ledger, KEY)).isTrue();
    }

    @Test
    void oneInDoubtKeepsItsSlotAndMayBeClaimedAgain() {
        InteractionLedger ledger = ledger(clock);
        claimAndReserve(ledger, KEY);
        ledger.doubt(KEY);
        assertThat(claim(ledger, KEY)).isFalse();

        assertThat(ledger.release(KEY)).isFalse();

        assertThat(ledger.active("i-1")).isEqualTo(1);
        assertThat(ledger.isConfirmed(KEY)).isFalse();
        assertThat(claim(ledger, KEY)).isTrue();
        assertThat(claim(ledger, KEY)).isFalse();
        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void oneInDoubtIsADuplicateOnceTheDesktopAnsweredIt() {
        InteractionLedger ledger = ledger(clock);
        claimAndReserve(ledger, KEY);
        ledger.doubt(KEY);
        ledger.release(KEY);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.FIRST);

        assertThat(claim(ledger, KEY)).isFalse();
        assertThat(ledger.isConfirmed(KEY)).isTrue();
    }

    @Test
    void oneInDoubtExpiresAtTheLaterEndOfItsClaims() {
        InteractionLedger ledger = ledger(clock);
        claimAndReserve(ledger, KEY);
        ledger.doubt(KEY);
        ledger.release(KEY);
        ledger.claim(KEY, clock.in(Duration.ofSeconds(1)));
        ledger.release(KEY);

        clock.advance(WINDOW);
        assertThat(ledger.expire()).isEmpty();
        clock.advance(INSTANT);
        assertThat(ledger.expire()).containsExactly(KEY);
        assertThat(ledger.size()).isZero();
    }

    @Test
    void aClaimWithoutASlotCannotBeInDoubt() {
        InteractionLedger ledger = ledger(clock);
        claim(ledger, KEY);

        ledger.doubt(KEY);

        assertThat(ledger.release(KEY)).isTrue();
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
        assertThat(claim(ledger, KEY)).isFalse();
    }

    @Test
    void anIdIsNewAgainWhenItsWindowIsOver() {
        InteractionLedger ledger = sent(KEY);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(claim(ledger, KEY)).isTrue();
    }

    @Test
    void aDecidedIdStaysADuplicateUntilItsWindowIsOver() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, DISMISSED);

        clock.advance(WINDOW);
        assertThat(claim(ledger, KEY)).isFalse();
        clock.advance(INSTANT);
        assertThat(claim(ledger, KEY)).isTrue();
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
        InteractionLedger ledger = sent(key("a"), key("b"), key("c"), key("d"), key("e"));
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
        assertThat(claim(ledger, KEY)).isTrue();
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
        assertThat(claim(ledger, KEY)).isFalse();
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
        assertThat(ledger.acknowledge(held)).isEqualTo(Acknowledgement.UNKNOWN);
        assertThat(ledger.end(held, DISMISSED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.reserve(held, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    void framesForWhatIsOverChangeNothing() {
        InteractionLedger ledger = sent(KEY);

        clock.advance(WINDOW.plus(INSTANT));

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.UNKNOWN);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.expire()).containsExactly(KEY);
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

        assertThat(ledger.expire()).containsExactly(key("open"));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    void expiryLeavesWhatIsStillWithinItsWindow() {
        InteractionLedger ledger = sent(key("early"));
        clock.advance(INSTANT);
        claimAndReserve(ledger, key("late"));

        clock.advance(WINDOW);

        assertThat(ledger.expire()).containsExactly(key("early"));
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    void aSlotThatRanOutIsReportedOnceThoughItsIdWasClaimedAgain() {
        InteractionLedger ledger = sent(KEY);
        clock.advance(WINDOW.plus(INSTANT));
        claimAndReserve(ledger, KEY);

        assertThat(ledger.expire()).containsExactly(KEY);
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);

        clock.advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).containsExactly(KEY);
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

            List<Boolean> answers = inThreads(8, () -> claim(ledger, KEY));

            assertThat(answers).containsOnlyOnce(true);
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

            List<List<SuggestionKey>> reports = inThreads(8, () -> {
                int id = next.getAndIncrement();
                if (id < LIMIT) {
                    claim(ledger, keys.get(id));
                }
                return ledger.expire();
            });

            List<SuggestionKey> reported = new ArrayList<>(ledger.expire());
            reports.forEach(reported::addAll);
            assertThat(reported).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(ledger.size()).isEqualTo(LIMIT);
        }
    }

    @Property(tries = 3000)
    void anyHistoryIsAnsweredAsTheModelAnswersIt(@ForAll("histories") List<LedgerStep> history) {
        SettableClock time = new SettableClock();
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
            }
            assertThat(ledger.active()).isEqualTo(model.active());
        }
    }

    @Provide
    Arbitrary<List<LedgerStep>> histories() {
        return LedgerStep.histories(3);
    }

    private static SuggestionKey key(String suggestionId) {
        return new SuggestionKey("i-1", suggestionId);
    }

    private boolean claim(InteractionLedger ledger, SuggestionKey key) {
        return ledger.claim(key, clock.in(WINDOW));
    }

    private Reservation claimAndReserve(InteractionLedger ledger, SuggestionKey key) {
        claim(ledger, key);
        return ledger.reserve(key, LIMIT);
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
