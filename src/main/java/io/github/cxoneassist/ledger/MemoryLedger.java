package io.github.cxoneassist.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The ledger of one node, in memory. Nothing blocks for longer than another call on the same interaction takes. Memory
 * is bounded by what is within its window, provided that {@link #expire()} is called now and then.
 */
public final class MemoryLedger implements InteractionLedger {

    private final Clock clock;
    private final ConcurrentMap<String, Interaction> interactions = new ConcurrentHashMap<>();

    /**
     * Holds a deadline exactly for each entry in {@link #interactions}. It stays so because both change only together,
     * under the map's lock on that interaction.
     */
    private final NavigableSet<Deadline> deadlines = new ConcurrentSkipListSet<>();

    /** Held a slot past their window and were claimed again before {@link #expire()} came by. */
    private final Queue<SuggestionKey> owed = new ConcurrentLinkedQueue<>();

    public MemoryLedger(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public boolean claim(SuggestionKey key, Instant until) {
        Objects.requireNonNull(until, "until");
        return change(key, interaction -> {
            Optional<Entry> known = interaction.entry(key.suggestionId());
            if (known.isPresent()) {
                if (known.get().openAt(clock.instant())) {
                    return known.get().mayBeClaimedAgain()
                            ? new Change<>(claimedAgain(interaction, key, known.get(), until), true)
                            : new Change<>(interaction, false);
                }
                deadlines.remove(new Deadline(known.get().until(), key));
                if (known.get().holdsSlot()) {
                    owed.add(key);
                }
            }
            deadlines.add(new Deadline(until, key));
            return new Change<>(interaction.with(key.suggestionId(), Entry.claimed(until)), true);
        });
    }

    @Override
    public Reservation reserve(SuggestionKey key, int limit) {
        return change(key, interaction -> {
            Instant now = clock.instant();
            Entry entry = interaction
                    .openEntry(key.suggestionId(), now)
                    .filter(known -> !known.ended())
                    .orElseThrow(() -> new NotClaimedException(key));
            int free = Math.max(0, limit - interaction.activeAt(now));
            if (entry.holdsSlot()) {
                return new Change<>(interaction, new Reservation(true, free));
            }
            if (free == 0) {
                return new Change<>(interaction, new Reservation(false, 0));
            }
            return new Change<>(
                    interaction.with(key.suggestionId(), entry.withSlot()), new Reservation(true, free - 1));
        });
    }

    @Override
    public void confirm(SuggestionKey key) {
        change(key, interaction -> interaction
                .openEntry(key.suggestionId(), clock.instant())
                .map(entry -> new Change<Void>(interaction.with(key.suggestionId(), entry.confirmed()), null))
                .orElseGet(() -> new Change<>(interaction, null)));
    }

    @Override
    public boolean isConfirmed(SuggestionKey key) {
        return interactions
                .getOrDefault(key.interactionId(), Interaction.EMPTY)
                .openEntry(key.suggestionId(), clock.instant())
                .filter(Entry::sent)
                .isPresent();
    }

    @Override
    public boolean release(SuggestionKey key) {
        return change(key, interaction -> {
            Optional<Entry> unsent =
                    interaction.openEntry(key.suggestionId(), clock.instant()).filter(entry -> !entry.sent());
            if (unsent.isEmpty()) {
                return new Change<>(interaction, false);
            }
            if (unsent.get().doubtful()) {
                return new Change<>(
                        interaction.with(key.suggestionId(), unsent.get().givenBack()), false);
            }
            deadlines.remove(new Deadline(unsent.get().until(), key));
            return new Change<>(interaction.without(key.suggestionId()), true);
        });
    }

    @Override
    public void doubt(SuggestionKey key) {
        change(key, interaction -> sent(interaction, key)
                .map(entry -> new Change<Void>(interaction.with(key.suggestionId(), entry.inDoubt()), null))
                .orElseGet(() -> new Change<>(interaction, null)));
    }

    @Override
    public Acknowledgement acknowledge(SuggestionKey key) {
        return change(key, interaction -> {
            Optional<Entry> sent = sent(interaction, key);
            if (sent.isEmpty()) {
                return new Change<>(interaction, Acknowledgement.UNKNOWN);
            }
            if (sent.get().acknowledged()) {
                return new Change<>(interaction, Acknowledgement.REPEATED);
            }
            return new Change<>(
                    interaction.with(key.suggestionId(), sent.get().withAcknowledgement()), Acknowledgement.FIRST);
        });
    }

    @Override
    public Ending end(SuggestionKey key, Decision decision) {
        Objects.requireNonNull(decision, "decision");
        return change(key, interaction -> {
            Optional<Entry> sent = sent(interaction, key);
            if (sent.isEmpty()) {
                return new Change<>(interaction, Ending.UNKNOWN);
            }
            if (sent.get().ended()) {
                return new Change<>(interaction, Ending.REPEATED);
            }
            return new Change<>(interaction.with(key.suggestionId(), sent.get().endedBy(decision)), Ending.FREED);
        });
    }

    @Override
    public List<SuggestionKey> expire() {
        List<SuggestionKey> expired = new ArrayList<>();
        for (SuggestionKey key = owed.poll(); key != null; key = owed.poll()) {
            expired.add(key);
        }
        Instant now = clock.instant();
        for (Deadline deadline : deadlines) {
            if (!now.isAfter(deadline.until())) {
                break;
            }
            drop(deadline, expired);
        }
        return List.copyOf(expired);
    }

    @Override
    public int active(String interactionId) {
        return interactions.getOrDefault(interactionId, Interaction.EMPTY).activeAt(clock.instant());
    }

    @Override
    public int active() {
        Instant now = clock.instant();
        return interactions.values().stream()
                .mapToInt(interaction -> interaction.activeAt(now))
                .sum();
    }

    @Override
    public int size() {
        return interactions.values().stream()
                .mapToInt(interaction -> interaction.entries().size())
                .sum();
    }

    /** Interactions that memory is spent on. */
    int interactions() {
        return interactions.size();
    }

    private void drop(Deadline deadline, List<SuggestionKey> expired) {
        SuggestionKey key = deadline.key();
        interactions.computeIfPresent(key.interactionId(), (id, interaction) -> {
            // another call of expire, a release or a new claim may have been faster
            if (!deadlines.remove(deadline)) {
                return interaction;
            }
            if (interaction.entries().get(key.suggestionId()).holdsSlot()) {
                expired.add(key);
            }
            return interaction.without(key.suggestionId());
        });
    }

    private Interaction claimedAgain(Interaction interaction, SuggestionKey key, Entry known, Instant until) {
        Entry again = known.claimedAgain(until);
        deadlines.remove(new Deadline(known.until(), key));
        deadlines.add(new Deadline(again.until(), key));
        return interaction.with(key.suggestionId(), again);
    }

    /** One with a slot, which may be at the desktop already. */
    private Optional<Entry> sent(Interaction interaction, SuggestionKey key) {
        return interaction.openEntry(key.suggestionId(), clock.instant()).filter(Entry::reserved);
    }

    /** One step on one interaction, under the map's lock on it. An exception leaves all as it was. */
    private <T> T change(SuggestionKey key, Function<Interaction, Change<T>> step) {
        AtomicReference<T> answer = new AtomicReference<>();
        interactions.compute(key.interactionId(), (id, present) -> {
            Change<T> change = step.apply(present == null ? Interaction.EMPTY : present);
            answer.set(change.answer());
            // an unknown interaction that the step left as it was must not stay behind
            return change.after() == Interaction.EMPTY ? null : change.after();
        });
        return answer.get();
    }

    private record Change<T>(Interaction after, T answer) {}

    private record Deadline(Instant until, SuggestionKey key) implements Comparable<Deadline> {

        private static final Comparator<Deadline> ORDER =
                Comparator.comparing(Deadline::until).thenComparing(Deadline::key);

        @Override
        public int compareTo(Deadline other) {
            return ORDER.compare(this, other);
        }
    }
}
