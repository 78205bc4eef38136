package io.github.cxoneassist.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The ledger of one node, in memory. Nothing blocks for longer than another call on the same interaction takes. Memory
 * is bounded by what is within its window or cool-down, provided that {@link #expire()} is called now and then.
 */
public final class MemoryLedger implements InteractionLedger {

    private final Clock clock;

    private final Interactions interactions = new Interactions();

    /**
     * Holds a deadline exactly for each entry and each cool-down in {@link #interactions}. It stays so because both
     * change only together, under the lock on that interaction.
     */
    private final NavigableSet<Deadline> deadlines = new ConcurrentSkipListSet<>();

    private final OwedEnds owed = new OwedEnds();

    public MemoryLedger(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public Claim claim(SuggestionKey key, Instant until, Origin origin, ContentRule content) {
        Objects.requireNonNull(until, "until");
        return interactions.change(key.interactionId(), interaction -> {
            Instant now = clock.instant();
            Optional<Entry> known = interaction.entry(key.suggestionId());
            if (known.isPresent() && known.get().openAt(now)) {
                return Claim.DUPLICATE;
            }
            Claim verdict = judge(content, interaction, now);
            if (verdict == Claim.NEW) {
                known.ifPresent(lapsed -> {
                    forget(interaction, key, lapsed);
                    reportTo(owed::add, key, lapsed);
                });
                add(interaction, key, Entry.claimed(until, origin, content));
            }
            return verdict;
        });
    }

    private static Claim judge(ContentRule content, Interaction interaction, Instant now) {
        if (content.coolsDown()
                && interaction
                        .coolDown(content.digest())
                        .filter(until -> !now.isAfter(until))
                        .isPresent()) {
            return Claim.COOLING_DOWN;
        }
        return content.unique() && interaction.hasContentAt(content.digest(), now)
                ? Claim.DUPLICATE_CONTENT
                : Claim.NEW;
    }

    @Override
    public void confirm(SuggestionKey key) {
        confirmIf(key, entry -> true);
    }

    @Override
    public void confirm(SuggestionKey key, Instant until) {
        confirmIf(key, entry -> entry.until().equals(until));
    }

    private void confirmIf(SuggestionKey key, Predicate<Entry> condition) {
        interactions.change(key.interactionId(), interaction -> {
            interaction
                    .entryAt(key.suggestionId(), clock.instant())
                    .filter(condition)
                    .ifPresent(entry -> interaction.put(key.suggestionId(), entry.confirmed()));
            return null;
        });
    }

    @Override
    public boolean isConfirmed(SuggestionKey key) {
        return isNow(key, Entry::settled);
    }

    @Override
    public Reservation reserve(SuggestionKey key, int limit) {
        return interactions.change(key.interactionId(), interaction -> {
            Instant now = clock.instant();
            Entry entry = claimed(interaction, key, now);
            int free = Math.max(0, limit - interaction.activeAt(now));
            if (entry.holdsSlot()) {
                return new Reservation(true, free);
            }
            if (free == 0 || !entry.waits() && interaction.waitingAt(now) > 0) {
                return new Reservation(false, free);
            }
            interaction.put(key.suggestionId(), entry.withSlot());
            return new Reservation(true, free - 1);
        });
    }

    @Override
    public boolean hold(SuggestionKey key) {
        return interactions.change(key.interactionId(), interaction -> {
            Entry entry = claimed(interaction, key, clock.instant());
            if (entry.acknowledged()) {
                return false;
            }
            interaction.put(key.suggestionId(), entry.held());
            return true;
        });
    }

    @Override
    public boolean isWaiting(SuggestionKey key) {
        return isNow(key, Entry::waits);
    }

    @Override
    public boolean release(SuggestionKey key) {
        return forgetIf(key, entry -> !entry.settled());
    }

    @Override
    public boolean release(SuggestionKey key, Instant until) {
        return forgetIf(key, entry -> !entry.settled() && entry.until().equals(until));
    }

    @Override
    public boolean supersede(SuggestionKey key) {
        return forgetIf(key, Entry::waits);
    }

    @Override
    public Acknowledgement acknowledge(SuggestionKey key) {
        return interactions.change(key.interactionId(), interaction -> {
            Optional<Entry> sent =
                    interaction.entryAt(key.suggestionId(), clock.instant()).filter(Entry::leftUs);
            if (sent.isEmpty()) {
                return isKnown(interaction, key, clock.instant()) ? Acknowledgement.NOT_SENT : Acknowledgement.UNKNOWN;
            }
            if (sent.get().acknowledged()) {
                return Acknowledgement.REPEATED;
            }
            interaction.put(key.suggestionId(), sent.get().withAcknowledgement());
            return Acknowledgement.FIRST;
        });
    }

    @Override
    public Ending end(SuggestionKey key, Decision decision) {
        Objects.requireNonNull(decision, "decision");
        return interactions.change(key.interactionId(), interaction -> {
            Instant now = clock.instant();
            Optional<Entry> sent = interaction.entryAt(key.suggestionId(), now).filter(Entry::leftUs);
            if (sent.isEmpty()) {
                return isKnown(interaction, key, now) ? Ending.NOT_SENT : Ending.UNKNOWN;
            }
            if (sent.get().isOver()) {
                return sent.get().isDecided() ? Ending.REPEATED : Ending.AFTER_INTERACTION;
            }
            interaction.put(key.suggestionId(), sent.get().decided());
            if (decision == Decision.DISMISSED) {
                coolDown(interaction, key.interactionId(), sent.get().content(), now);
            }
            return Ending.FREED;
        });
    }

    @Override
    public List<Ended> endInteraction(String interactionId) {
        return interactions.change(interactionId, interaction -> {
            List<Ended> ended = new ArrayList<>();
            for (String id : interaction.endableAt(clock.instant())) {
                Entry entry = interaction.entry(id).orElseThrow();
                interaction.put(id, entry.closed());
                ended.add(new Ended(new SuggestionKey(interactionId, id), entry.waits()));
            }
            return List.copyOf(ended);
        });
    }

    @Override
    public void expire(BiConsumer<String, Supplier<List<Ended>>> each) {
        Instant now = clock.instant();
        Map<String, List<Deadline>> due = new LinkedHashMap<>();
        owed.interactions().forEach(interactionId -> due.put(interactionId, new ArrayList<>()));
        for (Deadline deadline : deadlines) {
            if (!now.isAfter(deadline.until())) {
                break;
            }
            due.computeIfAbsent(deadline.interactionId(), id -> new ArrayList<>())
                    .add(deadline);
        }
        due.forEach((interactionId, over) -> each.accept(interactionId, () -> {
            List<Ended> expired = new ArrayList<>(owed.take(interactionId));
            over.forEach(deadline -> drop(deadline, expired::add));
            return List.copyOf(expired);
        }));
    }

    @Override
    public List<Ended> lapsed(String interactionId) {
        return interactions.change(interactionId, interaction -> {
            List<Ended> lapsed = new ArrayList<>(owed.take(interactionId));
            for (String id : interaction.lapsedAt(clock.instant())) {
                SuggestionKey key = new SuggestionKey(interactionId, id);
                Entry entry = interaction.entry(id).orElseThrow();
                forget(interaction, key, entry);
                reportTo(lapsed::add, key, entry);
            }
            return List.copyOf(lapsed);
        });
    }

    private static boolean isKnown(Interaction interaction, SuggestionKey key, Instant now) {
        return interaction.entryAt(key.suggestionId(), now).isPresent();
    }

    @Override
    public void restore(SuggestionKey key, Instant until, Restored state, Origin origin, ContentRule content) {
        Objects.requireNonNull(until, "until");
        interactions.change(key.interactionId(), interaction -> {
            interaction.entry(key.suggestionId()).ifPresent(before -> forget(interaction, key, before));
            add(interaction, key, Entry.restored(until, state, origin, content));
            if (state instanceof Restored.Decided decided && decided.decision() == Decision.DISMISSED) {
                coolDown(interaction, key.interactionId(), content, decided.at());
            }
            return null;
        });
    }

    @Override
    public void restore(String interactionId, CoolDown coolDown) {
        interactions.change(interactionId, interaction -> {
            coolDown(interaction, interactionId, coolDown);
            return null;
        });
    }

    @Override
    public Optional<CoolDown> coolDown(SuggestionKey key) {
        return interactions.look(key.interactionId(), Optional.<CoolDown>empty(), interaction -> interaction
                .entryAt(key.suggestionId(), clock.instant())
                .map(entry -> entry.content().digest())
                .flatMap(digest -> interaction.coolDown(digest).map(until -> new CoolDown(digest, until))));
    }

    @Override
    public Optional<Origin> origin(SuggestionKey key) {
        return interactions.look(key.interactionId(), Optional.<Origin>empty(), interaction -> interaction
                .entryAt(key.suggestionId(), clock.instant())
                .map(Entry::origin));
    }

    @Override
    public boolean isUnanswered(SuggestionKey key) {
        return isNow(key, entry -> entry.holdsSlot() && !entry.acknowledged());
    }

    @Override
    public boolean isActive(SuggestionKey key, Instant until) {
        return isNow(key, entry -> entry.holdsSlot() && entry.until().equals(until));
    }

    @Override
    public boolean endedWithInteraction(SuggestionKey key, Instant until) {
        return isNow(key, entry -> entry.isClosed() && entry.until().equals(until));
    }

    @Override
    public int active(String interactionId) {
        return interactions.look(interactionId, 0, interaction -> interaction.activeAt(clock.instant()));
    }

    @Override
    public int active() {
        Instant now = clock.instant();
        return interactions.sum(interaction -> interaction.activeAt(now));
    }

    @Override
    public int waiting(String interactionId) {
        return interactions.look(interactionId, 0, interaction -> interaction.waitingAt(clock.instant()));
    }

    @Override
    public int waiting() {
        Instant now = clock.instant();
        return interactions.sum(interaction -> interaction.waitingAt(now));
    }

    @Override
    public int size() {
        return interactions.sum(Interaction::size);
    }

    /** Interactions that memory is spent on. */
    int interactions() {
        return interactions.size();
    }

    /** Suggestions and cool-downs that memory is spent on. */
    int deadlines() {
        return deadlines.size();
    }

    private static Entry claimed(Interaction interaction, SuggestionKey key, Instant now) {
        return interaction
                .entryAt(key.suggestionId(), now)
                .filter(known -> !known.isOver())
                .orElseThrow(() -> new NotClaimedException(key));
    }

    private boolean forgetIf(SuggestionKey key, Predicate<Entry> condition) {
        return interactions.change(key.interactionId(), interaction -> {
            Optional<Entry> entry =
                    interaction.entryAt(key.suggestionId(), clock.instant()).filter(condition);
            entry.ifPresent(known -> forget(interaction, key, known));
            return entry.isPresent();
        });
    }

    private void add(Interaction interaction, SuggestionKey key, Entry entry) {
        interaction.put(key.suggestionId(), entry);
        deadlines.add(Deadline.of(key, entry));
    }

    private void forget(Interaction interaction, SuggestionKey key, Entry entry) {
        interaction.remove(key.suggestionId());
        deadlines.remove(Deadline.of(key, entry));
    }

    /** From the dismissal on. */
    private void coolDown(Interaction interaction, String interactionId, ContentRule content, Instant dismissed) {
        if (content.coolsDown()) {
            CoolDown coolDown = new CoolDown(content.digest(), dismissed.plus(content.coolDown()));
            coolDown(interaction, interactionId, coolDown);
        }
    }

    /** The one that lasts longest counts. */
    private void coolDown(Interaction interaction, String interactionId, CoolDown coolDown) {
        String digest = coolDown.digest();
        Instant until = coolDown.until();
        Optional<Instant> before = interaction.coolDown(digest);
        if (before.isPresent() && !before.get().isBefore(until)) {
            return;
        }
        before.ifPresent(earlier -> deadlines.remove(new Deadline(earlier, interactionId, digest, true)));
        interaction.coolDown(digest, until);
        deadlines.add(new Deadline(until, interactionId, digest, true));
    }

    private void drop(Deadline deadline, Consumer<Ended> expired) {
        interactions.change(deadline.interactionId(), interaction -> {
            // another call of expire, a release or a new claim may have been faster
            if (deadlines.remove(deadline)) {
                if (deadline.coolDown()) {
                    interaction.endCoolDown(deadline.id());
                } else {
                    SuggestionKey key = new SuggestionKey(deadline.interactionId(), deadline.id());
                    reportTo(expired, key, interaction.entry(deadline.id()).orElseThrow());
                    interaction.remove(deadline.id());
                }
            }
            return null;
        });
    }

    private static void reportTo(Consumer<Ended> report, SuggestionKey key, Entry lapsed) {
        if (lapsed.waits() || lapsed.holdsSlot()) {
            report.accept(new Ended(key, lapsed.waits()));
        }
    }

    private boolean isNow(SuggestionKey key, Predicate<Entry> question) {
        return interactions.look(key.interactionId(), false, interaction -> interaction
                .entryAt(key.suggestionId(), clock.instant())
                .filter(question)
                .isPresent());
    }
}
