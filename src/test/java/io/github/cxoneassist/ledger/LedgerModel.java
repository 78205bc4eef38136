package io.github.cxoneassist.ledger;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contract as a child would write it: everything scanned, nothing clever, one thread. */
final class LedgerModel implements InteractionLedger {

    private static final class Known {
        private Instant until;
        private boolean claimed = true;
        private boolean doubtful;
        private boolean reserved;
        private boolean sent;
        private boolean acknowledged;
        private boolean ended;

        private Known(Instant until) {
            this.until = until;
        }
    }

    private final Clock clock;
    private final Map<SuggestionKey, Known> all = new HashMap<>();
    private final List<SuggestionKey> unreported = new ArrayList<>();

    LedgerModel(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean claim(SuggestionKey key, Instant until) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known != null && !known.claimed && !known.sent) {
            known.claimed = true;
            known.until = until.isAfter(known.until) ? until : known.until;
            return true;
        }
        return all.putIfAbsent(key, new Known(until)) == null;
    }

    @Override
    public Reservation reserve(SuggestionKey key, int limit) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known == null || known.ended) {
            throw new NotClaimedException(key);
        }
        boolean room = active(key.interactionId()) < limit;
        known.reserved = known.reserved || room;
        return new Reservation(known.reserved, Math.max(0, limit - active(key.interactionId())));
    }

    @Override
    public void confirm(SuggestionKey key) {
        forgetWhatIsOver();
        if (all.containsKey(key)) {
            all.get(key).sent = true;
        }
    }

    @Override
    public boolean isConfirmed(SuggestionKey key) {
        forgetWhatIsOver();
        return all.containsKey(key) && all.get(key).sent;
    }

    @Override
    public boolean release(SuggestionKey key) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known == null || known.sent) {
            return false;
        }
        if (known.doubtful) {
            known.claimed = false;
            return false;
        }
        all.remove(key);
        return true;
    }

    @Override
    public void doubt(SuggestionKey key) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known != null && known.reserved) {
            known.doubtful = true;
        }
    }

    @Override
    public Acknowledgement acknowledge(SuggestionKey key) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known == null || !known.reserved) {
            return Acknowledgement.UNKNOWN;
        }
        boolean before = known.acknowledged;
        known.acknowledged = true;
        known.sent = true;
        return before ? Acknowledgement.REPEATED : Acknowledgement.FIRST;
    }

    @Override
    public Ending end(SuggestionKey key, Decision decision) {
        forgetWhatIsOver();
        Known known = all.get(key);
        if (known == null || !known.reserved) {
            return Ending.UNKNOWN;
        }
        boolean before = known.ended;
        known.ended = true;
        known.sent = true;
        return before ? Ending.REPEATED : Ending.FREED;
    }

    @Override
    public List<SuggestionKey> expire() {
        forgetWhatIsOver();
        List<SuggestionKey> expired = List.copyOf(unreported);
        unreported.clear();
        return expired;
    }

    @Override
    public int active(String interactionId) {
        forgetWhatIsOver();
        return (int) all.entrySet().stream()
                .filter(known -> known.getKey().interactionId().equals(interactionId))
                .filter(known -> known.getValue().reserved && !known.getValue().ended)
                .count();
    }

    @Override
    public int active() {
        return all.keySet().stream().map(SuggestionKey::interactionId).distinct().toList().stream()
                .mapToInt(this::active)
                .sum();
    }

    @Override
    public int size() {
        return all.size();
    }

    private void forgetWhatIsOver() {
        all.entrySet().removeIf(entry -> {
            Known known = entry.getValue();
            boolean over = clock.instant().isAfter(known.until);
            if (over && known.reserved && !known.ended) {
                unreported.add(entry.getKey());
            }
            return over;
        });
    }
}
