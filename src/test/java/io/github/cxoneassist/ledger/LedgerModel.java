package io.github.cxoneassist.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The contract as a child would write it: everything scanned, nothing clever, one thread. */
final class LedgerModel implements InteractionLedger {

    private static final class Known {
        private final Instant until;
        private final Origin origin;
        private final ContentRule content;
        private boolean waits;
        private boolean slot;
        private boolean settled;
        private boolean acknowledged;
        private boolean ended;
        private boolean decided;
        private boolean endedWaiting;

        private Known(Instant until, Origin origin, ContentRule content) {
            this.until = until;
            this.origin = origin;
            this.content = content;
        }
    }

    private record Dismissed(String interactionId, String digest, Instant coolUntil) {}

    private final Clock clock;
    private final Map<SuggestionKey, Known> all = new HashMap<>();
    private final List<Dismissed> dismissed = new ArrayList<>();
    private final List<Ended> unreported = new ArrayList<>();

    LedgerModel(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Claim claim(SuggestionKey key, Instant until, Origin origin, ContentRule content) {
        forgetWhatIsOver();
        if (all.containsKey(key)) {
            return Claim.DUPLICATE;
        }
        boolean coolingDown = dismissed.stream()
                .anyMatch(d -> d.interactionId.equals(key.interactionId()) && d.digest.equals(content.digest()));
        if (!content.coolDown().isZero() && coolingDown) {
            return Claim.COOLING_DOWN;
        }
        boolean sameContent = all.entrySet().stream()
                .filter(known -> known.getKey().interactionId().equals(key.interactionId()))
                .map(known -> known.getValue().content.digest())
                .anyMatch(digest -> digest != null && digest.equals(content.digest()));
        if (content.unique() && sameContent) {
            return Claim.DUPLICATE_CONTENT;
        }
        all.put(key, new Known(until, origin, content));
        return Claim.NEW;
    }

    @Override
    public Reservation reserve(SuggestionKey key, int limit) {
        Known known = claimed(key);
        boolean room = active(key.interactionId()) < limit;
        boolean turn = known.waits || waiting(key.interactionId()) == 0;
        if (!known.slot && room && turn) {
            known.slot = true;
            known.waits = false;
        }
        return new Reservation(known.slot, Math.max(0, limit - active(key.interactionId())));
    }

    @Override
    public boolean hold(SuggestionKey key) {
        Known known = claimed(key);
        if (known.acknowledged) {
            return false;
        }
        known.slot = false;
        known.waits = true;
        return true;
    }

    @Override
    public boolean isWaiting(SuggestionKey key) {
        forgetWhatIsOver();
        return all.containsKey(key) && all.get(key).waits;
    }

    @Override
    public Optional<Origin> origin(SuggestionKey key) {
        forgetWhatIsOver();
        return Optional.ofNullable(all.get(key)).map(known -> known.origin);
    }

    @Override
    public boolean isUnanswered(SuggestionKey key) {
        forgetWhatIsOver();
        return all.containsKey(key) && all.get(key).slot && !all.get(key).acknowledged;
    }

    @Override
    public boolean isActive(SuggestionKey key, Instant until) {
        forgetWhatIsOver();
        return all.containsKey(key) && all.get(key).slot && all.get(key).until.equals(until);
    }

    @Override
    public boolean endedWithInteraction(SuggestionKey key, Instant until) {
        forgetWhatIsOver();
        Known known = all.get(key);
        return known != null && known.ended && !known.decided && known.until.equals(until);
    }

    @Override
    public void confirm(SuggestionKey key) {
        forgetWhatIsOver();
        if (all.containsKey(key)) {
            all.get(key).settled = true;
        }
    }

    @Override
    public void confirm(SuggestionKey key, Instant until) {
        if (all.containsKey(key) && all.get(key).until.equals(until)) {
            confirm(key);
        }
    }

    @Override
    public boolean release(SuggestionKey key, Instant until) {
        return all.containsKey(key) && all.get(key).until.equals(until) && release(key);
    }

    @Override
    public boolean isConfirmed(SuggestionKey key) {
        forgetWhatIsOver();
        return all.containsKey(key) && all.get(key).settled;
    }

    @Override
    public boolean release(SuggestionKey key) {
        forgetWhatIsOver();
        return all.containsKey(key) && !all.get(key).settled && all.remove(key) != null;
    }

    @Override
    public boolean supersede(SuggestionKey key) {
        return isWaiting(key) && all.remove(key) != null;
    }

    @Override
    public Acknowledgement acknowledge(SuggestionKey key) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known == null) {
            return Acknowledgement.UNKNOWN;
        }
        if (!(known.slot || known.ended)) {
            return Acknowledgement.NOT_SENT;
        }
        boolean before = known.acknowledged;
        known.acknowledged = true;
        known.settled = true;
        return before ? Acknowledgement.REPEATED : Acknowledgement.FIRST;
    }

    @Override
    public Ending end(SuggestionKey key, Decision decision) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known == null) {
            return Ending.UNKNOWN;
        }
        if (!(known.slot || known.ended)) {
            return Ending.NOT_SENT;
        }
        if (known.ended) {
            return known.decided ? Ending.REPEATED : Ending.AFTER_INTERACTION;
        }
        known.slot = false;
        known.ended = true;
        known.decided = true;
        known.settled = true;
        if (decision == Decision.DISMISSED) {
            coolDown(key, known.content, clock.instant());
        }
        return Ending.FREED;
    }

    @Override
    public List<Ended> endInteraction(String interactionId) {
        forgetWhatIsOver();
        List<Ended> now = new ArrayList<>();
        all.forEach((key, known) -> {
            if (key.interactionId().equals(interactionId) && (known.slot || known.waits)) {
                now.add(new Ended(key, known.waits));
                known.ended = known.slot;
                known.endedWaiting = known.waits;
                known.slot = false;
                known.waits = false;
                known.settled = true;
            }
        });
        return now;
    }

    @Override
    public void expire(BiConsumer<String, Supplier<List<Ended>>> each) {
        forgetWhatIsOver();
        unreported.stream()
                .map(ended -> ended.key().interactionId())
                .distinct()
                .toList()
                .forEach(interactionId -> each.accept(interactionId, () -> lapsed(interactionId)));
    }

    @Override
    public List<Ended> lapsed(String interactionId) {
        forgetWhatIsOver();
        List<Ended> lapsed = unreported.stream()
                .filter(ended -> ended.key().interactionId().equals(interactionId))
                .toList();
        unreported.removeAll(lapsed);
        return lapsed;
    }

    @Override
    public void restore(SuggestionKey key, Instant until, Restored state, Origin origin, ContentRule content) {
        Known known = new Known(until, origin, content);
        known.settled = true;
        known.waits = state instanceof Restored.Waiting;
        known.slot = state instanceof Restored.Active;
        if (state instanceof Restored.Active active) {
            known.acknowledged = active.acknowledged();
        } else if (state instanceof Restored.Decided decided) {
            known.ended = true;
            known.decided = true;
            known.acknowledged = decided.acknowledged();
            if (decided.decision() == Decision.DISMISSED) {
                coolDown(key, content, decided.at());
            }
        } else if (state instanceof Restored.Dropped dropped) {
            known.ended = !dropped.waited();
            known.endedWaiting = dropped.waited();
            known.acknowledged = dropped.acknowledged();
        }
        all.put(key, known);
    }

    @Override
    public void restore(String interactionId, CoolDown coolDown) {
        dismissed.add(new Dismissed(interactionId, coolDown.digest(), coolDown.until()));
    }

    @Override
    public Optional<CoolDown> coolDown(SuggestionKey key) {
        forgetWhatIsOver();
        return Optional.ofNullable(all.get(key)).flatMap(known -> dismissed.stream()
                .filter(d -> d.interactionId.equals(key.interactionId()) && d.digest.equals(known.content.digest()))
                .map(d -> new CoolDown(d.digest, d.coolUntil))
                .max(Comparator.comparing(CoolDown::until)));
    }

    @Override
    public int active(String interactionId) {
        return count(interactionId, known -> known.slot);
    }

    @Override
    public int active() {
        return interactions().stream().mapToInt(this::active).sum();
    }

    @Override
    public int waiting(String interactionId) {
        return count(interactionId, known -> known.waits);
    }

    @Override
    public int waiting() {
        return interactions().stream().mapToInt(this::waiting).sum();
    }

    @Override
    public int size() {
        return all.size();
    }

    private Known claimed(SuggestionKey key) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known == null || known.ended || known.endedWaiting) {
            throw new NotClaimedException(key);
        }
        return known;
    }

    private void coolDown(SuggestionKey key, ContentRule content, Instant from) {
        if (!content.coolDown().isZero()) {
            dismissed.add(new Dismissed(key.interactionId(), content.digest(), from.plus(content.coolDown())));
        }
    }

    private int count(String interactionId, Predicate<Known> which) {
        forgetWhatIsOver();
        return (int) all.entrySet().stream()
                .filter(known -> known.getKey().interactionId().equals(interactionId))
                .filter(known -> which.test(known.getValue()))
                .count();
    }

    private List<String> interactions() {
        return all.keySet().stream()
                .map(SuggestionKey::interactionId)
                .distinct()
                .toList();
    }

    private void forgetWhatIsOver() {
        all.entrySet().removeIf(entry -> {
            Known known = entry.getValue();
            boolean over = clock.instant().isAfter(known.until);
            if (over && (known.slot || known.waits)) {
                unreported.add(new Ended(entry.getKey(), known.waits));
            }
            return over;
        });
        dismissed.removeIf(d -> clock.instant().isAfter(d.coolUntil));
    }
}
