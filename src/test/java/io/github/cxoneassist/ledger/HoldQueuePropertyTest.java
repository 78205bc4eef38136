package io.github.cxoneassist.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class HoldQueuePropertyTest {

    private static final int LIMIT = 2;

    /** The contract's order, said another way than the queue says it. */
    private static final Comparator<Waiting> RANK = (a, b) -> {
        if (a.suggestion().priority() != b.suggestion().priority()) {
            return a.suggestion().priority().ordinal()
                    - b.suggestion().priority().ordinal();
        }
        if (a.score() != b.score()) {
            return a.score() > b.score() ? -1 : 1;
        }
        if (!a.since().equals(b.since())) {
            return a.since().isBefore(b.since()) ? -1 : 1;
        }
        return a.suggestion().id().compareTo(b.suggestion().id());
    };

    /** Something that happens to a queue. */
    sealed interface Event {
        record Offer(Priority priority, double score, int windowSeconds) implements Event {}

        record Release(int slots) implements Event {}

        /** The ledger ends the one at this place, modulo how many wait. */
        record Vanish(int place) implements Event {}

        record Later(int seconds) implements Event {}
    }

    @Property(tries = 5000)
    void nobodyIsLostOrDoubledAndNobodyBetterIsPassedOver(
            @ForAll @IntRange(min = 1, max = 6) int capacity,
            @ForAll HoldPolicy policy,
            @ForAll("events") List<Event> events) {
        HoldQueue queue = HoldQueue.empty(capacity, policy);
        TestClock clock = new TestClock();
        List<Waiting> offered = new ArrayList<>();
        List<Waiting> left = new ArrayList<>();
        Set<Waiting> vanished = new HashSet<>();

        for (Event event : events) {
            HoldQueue before = queue;
            List<Waiting> waitedBefore = List.copyOf(queue.waiting());
            if (event instanceof Event.Later later) {
                clock.advance(Duration.ofSeconds(later.seconds()));
                continue;
            }
            if (event instanceof Event.Vanish vanish && !queue.isEmpty()) {
                vanished.add(queue.waiting().get(vanish.place() % queue.size()));
                continue;
            }
            if (event instanceof Event.Offer offer) {
                Waiting newcomer = newcomer("s-" + offered.size(), offer, clock.instant());
                offered.add(newcomer);
                HoldQueue.Change change = queue.offer(newcomer, clock.instant());
                checkOffer(change, newcomer, waitedBefore, capacity, policy, clock.instant());
                left.addAll(change.superseded());
                queue = change.rest();
            }
            if (event instanceof Event.Release release) {
                AtomicInteger slots = new AtomicInteger(release.slots());
                HoldQueue.Change change = queue.release(
                        one -> slots.getAndDecrement() > 0, one -> !vanished.contains(one), clock.instant());
                checkRelease(change, waitedBefore, release.slots(), vanished, clock.instant());
                left.addAll(change.released());
                queue = change.rest();
            }
            assertThat(before.waiting()).isEqualTo(waitedBefore);
            assertThat(queue.waiting()).hasSizeLessThanOrEqualTo(capacity).isSortedAccordingTo(RANK);
        }

        List<Waiting> accountedFor = new ArrayList<>(left);
        accountedFor.addAll(queue.waiting());
        assertThat(accountedFor).doesNotHaveDuplicates();
        List<Waiting> dropped = new ArrayList<>(offered);
        dropped.removeAll(accountedFor);
        assertThat(dropped).allMatch(one -> vanished.contains(one) || !open(one, clock.instant()));
        assertThat(accountedFor.size() + dropped.size()).isEqualTo(offered.size());
    }

    private static void checkOffer(
            HoldQueue.Change change,
            Waiting newcomer,
            List<Waiting> before,
            int capacity,
            HoldPolicy policy,
            Instant now) {
        List<Waiting> others = before.stream().filter(one -> open(one, now)).toList();
        List<Waiting> all = new ArrayList<>(others);
        all.add(newcomer);
        assertThat(change.released()).isEmpty();
        assertThat(change.superseded()).hasSize(Math.max(0, all.size() - capacity));
        List<Waiting> candidates = policy == HoldPolicy.HOLD ? all : others;
        for (Waiting worst : change.superseded()) {
            assertThat(candidates).contains(worst).allMatch(one -> RANK.compare(one, worst) <= 0);
        }
        all.removeAll(change.superseded());
        assertThat(change.rest().waiting()).containsExactlyInAnyOrderElementsOf(all);
    }

    private static void checkRelease(
            HoldQueue.Change change, List<Waiting> before, int slots, Set<Waiting> vanished, Instant now) {
        List<Waiting> alive = before.stream()
                .filter(one -> open(one, now) && !vanished.contains(one))
                .toList();
        int count = Math.min(slots, alive.size());
        assertThat(change.superseded()).isEmpty();
        assertThat(change.released()).isEqualTo(alive.subList(0, count)).isSortedAccordingTo(RANK);
        assertThat(change.rest().waiting()).isEqualTo(alive.subList(count, alive.size()));
    }

    /** Queue and ledger together, as the pipeline puts them. */
    @Property(tries = 3000)
    void noNewcomerOvertakesAndTheLedgerKnowsWhoWaits(
            @ForAll @IntRange(min = 1, max = 4) int capacity,
            @ForAll HoldPolicy policy,
            @ForAll("events") List<Event> events) {
        TestClock clock = new TestClock();
        InteractionLedger ledger = new MemoryLedger(clock);
        HoldQueue queue = HoldQueue.empty(capacity, policy);
        Deque<Waiting> active = new ArrayDeque<>();
        int offered = 0;

        for (Event event : events) {
            if (event instanceof Event.Offer offer) {
                Waiting newcomer = newcomer("s-" + offered++, offer, clock.instant());
                ledger.claim(
                        newcomer.key(), newcomer.suggestion().contextWindow().end());
                if (ledger.reserve(newcomer.key(), LIMIT).granted()) {
                    assertThat(queue.keep(one -> true, clock.instant()).isEmpty())
                            .as("a newcomer got a slot though others wait")
                            .isTrue();
                    active.add(newcomer);
                } else {
                    ledger.hold(newcomer.key());
                    HoldQueue.Change change = queue.offer(newcomer, clock.instant());
                    change.superseded().forEach(one -> assertThat(ledger.supersede(one.key()))
                            .isTrue());
                    queue = change.rest();
                }
            } else if (event instanceof Event.Later later) {
                clock.advance(Duration.ofSeconds(later.seconds()));
                ledger.expire();
            } else if (event instanceof Event.Vanish vanish && !queue.isEmpty()) {
                ledger.supersede(
                        queue.waiting().get(vanish.place() % queue.size()).key());
            } else if (event instanceof Event.Release && !active.isEmpty()) {
                ledger.end(active.remove().key(), Decision.ACCEPTED);
            }
            // every event wakes the queue
            HoldQueue.Change change = queue.release(
                    one -> ledger.reserve(one.key(), LIMIT).granted(),
                    one -> ledger.isWaiting(one.key()),
                    clock.instant());
            active.addAll(change.released());
            queue = change.rest();

            assertThat(ledger.waiting("i-1")).isEqualTo(queue.size());
            assertThat(ledger.active("i-1")).isLessThanOrEqualTo(LIMIT);
            assertThat(queue.isEmpty() || ledger.active("i-1") == LIMIT)
                    .as("nobody waits while a slot is free")
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Event> offers = Combinators.combine(
                        Arbitraries.of(Priority.class),
                        Arbitraries.of(0.7, 0.8, 0.9),
                        Arbitraries.integers().between(0, 20))
                .as(Event.Offer::new);
        Arbitrary<Event> releases = Arbitraries.integers().between(0, 3).map(Event.Release::new);
        Arbitrary<Event> vanishings = Arbitraries.integers().between(0, 9).map(Event.Vanish::new);
        Arbitrary<Event> pauses = Arbitraries.integers().between(1, 5).map(Event.Later::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(8, offers), Tuple.of(3, releases), Tuple.of(1, vanishings), Tuple.of(2, pauses))
                .list()
                .ofMaxSize(60);
    }

    private static Waiting newcomer(String id, Event.Offer offer, Instant now) {
        ContextWindow window = new ContextWindow(now, now.plusSeconds(offer.windowSeconds()));
        return new Waiting(
                new Suggestion("i-1", id, "text", offer.priority(), offer.score(), window, "kb"),
                offer.score(),
                now,
                "cx");
    }

    private static boolean open(Waiting one, Instant now) {
        return one.suggestion().contextWindow().contains(now);
    }
}
