package io.github.cxoneassist.ledger;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** One thing that may happen to a ledger; {@link #on} says what the ledger answered, in a form that compares. */
sealed interface LedgerStep {

    Object on(InteractionLedger ledger, SettableClock clock);

    record Claim(SuggestionKey key, Duration window) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
            return ledger.claim(key, clock.in(window));
        }
    }

    record Reserve(SuggestionKey key, int limit) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
            try {
                return ledger.reserve(key, limit);
            } catch (NotClaimedException e) {
                return "not claimed";
            }
        }
    }

    record Release(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
            return ledger.release(key);
        }
    }

    record Doubt(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
            ledger.doubt(key);
            return "doubted";
        }
    }

    record Acknowledge(SuggestionKey key) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
            return ledger.acknowledge(key);
        }
    }

    record End(SuggestionKey key, Decision decision) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
            return ledger.end(key, decision);
        }
    }

    record Expire() implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
            List<SuggestionKey> expired = ledger.expire();
            return List.of(expired.stream().sorted().toList(), ledger.size());
        }
    }

    /** Told to the clock, which model and ledger share, so the ledger has nothing to answer. */
    record Wait(Duration time) implements LedgerStep {
        @Override
        public Object on(InteractionLedger ledger, SettableClock clock) {
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
        Arbitrary<LedgerStep> steps = Arbitraries.frequencyOf(
                tuple(5, Combinators.combine(keys, windows).as(Claim::new)),
                tuple(8, keys.map(key -> new Reserve(key, limit))),
                tuple(2, keys.map(Release::new)),
                tuple(1, keys.map(Doubt::new)),
                tuple(2, keys.map(Acknowledge::new)),
                tuple(
                        2,
                        Combinators.combine(keys, Arbitraries.of(Decision.class))
                                .as(End::new)),
                tuple(1, Arbitraries.just(new Expire())),
                tuple(2, pauses.map(Wait::new)));
        return steps.list().ofMinSize(5).ofMaxSize(80);
    }

    private static Tuple2<Integer, Arbitrary<? extends LedgerStep>> tuple(
            int weight, Arbitrary<? extends LedgerStep> steps) {
        return Tuple.of(weight, steps);
    }
}
