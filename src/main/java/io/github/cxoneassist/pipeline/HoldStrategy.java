package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.HoldQueue;
import io.github.cxoneassist.ledger.InteractionLedger;
import io.github.cxoneassist.ledger.Reservation;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * The hold queues inside Camel's aggregator, a group an interaction. {@link HoldQueue} decides; this only adapts it.
 *
 * <p>"Release some, keep the rest" is one step: {@code preComplete} runs under the aggregator's lock just before the old
 * group is handed on and the new message begins the next one, so the old exchange gets what leaves, and the new one what
 * stays. The first message of a group passes no {@code preComplete} that could hand on anything; whoever offers sends a
 * kick behind it.
 *
 * <p>The ledger has the last word on who waits and whether a slot is free. It is asked under the aggregator's lock, and
 * never calls back.
 */
final class HoldStrategy implements AggregationStrategy {

    /** Exchange property: milliseconds after which the group is of no use to anybody. */
    static final String KEEP = "cxoneAssistHoldKeep";

    /** An empty group goes soon: the aggregator looks once a second. */
    private static final Duration EMPTY_KEEP = Duration.ofMillis(1);
    /** The ledger reports what has run out; until it has, the group is there. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Who gives slots, and sees that the row is written which is then owed. */
    interface SlotGiver {
        Reservation reserve(SuggestionKey key, int limit);
    }

    private final InteractionLedger ledger;
    private final SlotGiver slots;
    private final RestoredQueues restored;
    private final Clock clock;

    HoldStrategy(InteractionLedger ledger, SlotGiver slots, RestoredQueues restored, Clock clock) {
        this.ledger = ledger;
        this.slots = slots;
        this.restored = restored;
        this.clock = clock;
    }

    @Override
    public boolean canPreComplete() {
        return true;
    }

    @Override
    public boolean preComplete(Exchange old, Exchange fresh) {
        HoldMessage message = fresh.getMessage().getBody(HoldMessage.class);
        Instant now = clock.instant();
        if (old == null) {
            HoldGroup first = first(message, now);
            // here and not in aggregate: the time-out is read in between
            keep(fresh, first, now);
            fresh.getMessage().setBody(first);
            return false;
        }
        HoldGroup group = old.getMessage().getBody(HoldGroup.class);
        HoldRule rule = message instanceof HoldMessage.Offer offer ? offer.rule() : group.rule();
        HoldQueue.Change change = change(group.queue(), message, rule, now);
        HoldGroup rest = new HoldGroup(change.rest(), rule);
        keep(fresh, rest, now);
        if (change.released().isEmpty() && change.superseded().isEmpty()) {
            old.getMessage().setBody(rest);
            return false;
        }
        old.getMessage().setBody(new HoldRelease(change.released(), change.superseded()));
        fresh.getMessage().setBody(rest);
        return true;
    }

    @Override
    public Exchange aggregate(Exchange old, Exchange fresh) {
        return old == null ? fresh : old;
    }

    private HoldQueue.Change change(HoldQueue queue, HoldMessage message, HoldRule rule, Instant now) {
        // none of those that wait no longer may take the place of one that does
        HoldQueue present = queue.keep(this::stillWaits, now);
        return message instanceof HoldMessage.Offer offer
                // its own rule: the group may have been begun by a kick, which knows none
                ? present.under(rule.capacity(), rule.policy())
                        .offer(offer.waiting(), waiting -> getsSlot(waiting, rule), this::stillWaits, now)
                : present.release(waiting -> getsSlot(waiting, rule), this::stillWaits, now);
    }

    private HoldGroup first(HoldMessage message, Instant now) {
        if (message instanceof HoldMessage.Offer offer) {
            HoldGroup group = HoldGroup.empty(offer.rule());
            return group.with(group.queue().offer(offer.waiting(), now).rest());
        }
        return restored.take(message.interactionId()).orElseGet(() -> HoldGroup.empty(HoldRule.DEFAULT));
    }

    private static void keep(Exchange exchange, HoldGroup group, Instant now) {
        Duration keep = group.queue().waiting().stream()
                .map(waiting -> waiting.suggestion().contextWindow().end())
                .max(Comparator.naturalOrder())
                .map(end -> Duration.between(now, end).plus(GRACE))
                .orElse(EMPTY_KEEP);
        exchange.setProperty(KEEP, Math.max(1, keep.toMillis()));
    }

    private boolean getsSlot(Waiting waiting, HoldRule rule) {
        return slots.reserve(waiting.key(), rule.slotsFor(waiting.suggestion().priority()))
                .granted();
    }

    private boolean stillWaits(Waiting waiting) {
        return ledger.isWaiting(waiting.key());
    }
}
