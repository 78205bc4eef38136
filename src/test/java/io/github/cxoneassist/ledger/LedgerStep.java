package io.github.cxoneassist.ledger;

import io.github.cxoneassist.TestClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** One thing that may happen to a ledger; {@link #on} says what the ledger answered, in a form that compares. */
sealed interface LedgerStep {

    Object on(InteractionLedger ledger, TestClock clock);

    record Offer(SuggestionKey key, Duration window, ContentRule content) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return ledger.claim(key, clock.in(window), content);
        }
    }

    record Confirm(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            boolean before = ledger.isConfirmed(key);
            ledger.confirm(key);
            return List.of(before, ledger.isConfirmed(key));
        }
    }

    record Reserve(SuggestionKey key, int limit) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            try {
                return ledger.reserve(key, limit);
            } catch (NotClaimedException e) {
                return "not claimed";
            }
        }
    }

    record Hold(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            try {
                return List.of(ledger.hold(key), ledger.isWaiting(key));
            } catch (NotClaimedException e) {
                return "not claimed";
            }
        }
    }

    record Supersede(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return ledger.supersede(key);
        }
    }

    record EndInteraction(String interactionId) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return sorted(ledger.endInteraction(interactionId));
        }
    }

    record Release(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return ledger.release(key);
        }
    }

    record Acknowledge(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return ledger.acknowledge(key);
        }
    }

    record End(SuggestionKey key, Decision decision) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return ledger.end(key, decision);
        }
    }

    record Look(SuggestionKey key, Duration window) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return List.of(ledger.isActive(key, clock.in(window)), ledger.endedWithInteraction(key, clock.in(window)));
        }
    }

    record Expire() implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return List.of(sorted(ledger.expire()), ledger.size());
        }
    }

    record Lapsed(String interactionId) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return sorted(ledger.lapsed(interactionId));
        }
    }

    /** Told to the clock, which model and ledger share, so the ledger has nothing to answer. */
    record Wait(Duration time) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, TestClock clock) {
            return "later";
        }
    }

    /** Few ids, short windows and small steps in time, so that everything meets everything. */
    static Arbitrary<List<LedgerStep>> histories(int limit) {
        Arbitrary<SuggestionKey> keys = Combinators.combine(
                        Arbitraries.of("i-1", "i-2"), Arbitraries.of("a", "b", "c", "d", "e"))
                .as(SuggestionKey::new);
        Arbitrary<Duration> windows = Arbitraries.longs().between(0, 6).map(Duration::ofSeconds);
        Arbitrary<Duration> pauses = Arbitraries.longs().between(1, 3).map(Duration::ofSeconds);
        Arbitrary<ContentRule> contents = Arbitraries.of(
                ContentRule.OFF,
                new ContentRule("refund", true, Duration.ZERO),
                new ContentRule("refund", false, Duration.ofSeconds(8)),
                new ContentRule("refund", true, Duration.ofSeconds(2)),
                new ContentRule("return", true, Duration.ofSeconds(8)));
        Arbitrary<LedgerStep> steps = Arbitraries.frequencyOf(
                tuple(5, Combinators.combine(keys, windows, contents).as(Offer::new)),
                tuple(8, keys.map(key -> new Reserve(key, limit))),
                tuple(3, keys.map(Hold::new)),
                tuple(1, keys.map(Confirm::new)),
                tuple(1, keys.map(Supersede::new)),
                tuple(1, Arbitraries.of("i-1", "i-2").map(EndInteraction::new)),
                tuple(1, keys.map(Release::new)),
                tuple(2, keys.map(Acknowledge::new)),
                tuple(
                        2,
                        Combinators.combine(keys, Arbitraries.of(Decision.class))
                                .as(End::new)),
                tuple(2, Combinators.combine(keys, windows).as(Look::new)),
                tuple(1, Arbitraries.just(new Expire())),
                tuple(1, Arbitraries.of("i-1", "i-2").map(Lapsed::new)),
                tuple(2, pauses.map(Wait::new)));
        return steps.list().ofMinSize(5).ofMaxSize(80);
    }

    private static List<Ended> sorted(List<Ended> ended) {
        return ended.stream().sorted(Comparator.comparing(Ended::key)).toList();
    }

    private static Tuple2<Integer, Arbitrary<? extends LedgerStep>> tuple(
            int weight, Arbitrary<? extends LedgerStep> steps) {
        return Tuple.of(weight, steps);
    }
}
