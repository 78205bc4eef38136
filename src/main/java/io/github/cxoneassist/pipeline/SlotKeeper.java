package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.InteractionLedger;
import io.github.cxoneassist.ledger.Reservation;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.AcceptanceHistory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives slots and takes them back: what the ledger decides gets its row in the audit log, in the ledger's order, and a slot
 * that is free goes to the best that waits. Thread-safe; blocks nobody.
 */
final class SlotKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(SlotKeeper.class);

    private final CamelContext camelContext;
    private final Clock clock;
    private final InteractionLedger ledger;
    private final AcceptanceHistory history;
    private final AuditLog audit;
    private final AssistMetrics metrics;
    private final HoldLine holdLine;
    private final ExecutorService executor;
    private final RowOrder rowOrder = new RowOrder();
    private final LatelyExpired latelyExpired = new LatelyExpired();
    /** Those whose {@code injected} is on its way to disk, or whose frame is on its way to the socket for the first time. */
    private final ConcurrentMap<SuggestionKey, Waiting> onTheirWay = new ConcurrentHashMap<>();

    SlotKeeper(
            CamelContext camelContext,
            Clock clock,
            InteractionLedger ledger,
            AcceptanceHistory history,
            AuditLog audit,
            AssistMetrics metrics,
            HoldLine holdLine,
            ExecutorService executor) {
        this.camelContext = camelContext;
        this.clock = clock;
        this.ledger = ledger;
        this.history = history;
        this.audit = audit;
        this.metrics = metrics;
        this.holdLine = holdLine;
        this.executor = executor;
    }

    /** The order of the rows: the ledger is to be changed within {@link RowOrder#inOrder}. */
    RowOrder rowOrder() {
        return rowOrder;
    }

    LatelyExpired latelyExpired() {
        return latelyExpired;
    }

    /** A slot from the ledger. Whoever gets one owes a row, which stands behind those of all that freed one before. */
    Reservation reserve(SuggestionKey key, int limit) {
        String interactionId = key.interactionId();
        return rowOrder.inOrder(interactionId, () -> {
            // what is past its window has no slot any more, whether anybody came by to say so or not; an earlier one
            // with this id may be among them
            ledger.lapsed(interactionId).forEach(this::expired);
            Reservation reservation = ledger.reserve(key, limit);
            // or has none since a moment ago
            List<Ended> lapsed = ledger.lapsed(interactionId);
            lapsed.stream().filter(one -> !one.key().equals(key)).forEach(this::expired);
            if (reservation.granted()) {
                rowOrder.takes(key);
            }
            lapsed.stream().filter(one -> one.key().equals(key)).forEach(this::expired);
            return reservation;
        });
    }

    /**
     * The row of one that has its slot, handed over when it is its turn; {@code at} is set by then. From now on it is on its way,
     * until {@link #arrived}.
     */
    CompletionStage<JournalRow> writeInjected(Waiting waiting, AtomicReference<Instant> at) {
        onTheirWay.put(waiting.key(), waiting);
        return rowOrder.write(waiting.key(), () -> {
            at.set(clock.instant().truncatedTo(ChronoUnit.MILLIS));
            return audit.append(Entries.injected(waiting, at.get()));
        });
    }

    /** Whether its frame has not left yet though it has its slot: whatever is said of it, it was not sent. */
    boolean isYetToBeSent(SuggestionKey key) {
        return onTheirWay.containsKey(key) || rowOrder.owed(key) != null;
    }

    /** Its frame left, or never will. Further calls do nothing. */
    void arrived(Waiting waiting) {
        onTheirWay.remove(waiting.key(), waiting);
    }

    /** Asked on the session's event loop right before its frame leaves, for the first time or again. */
    boolean mayLeave(Waiting waiting) {
        boolean active = isActive(waiting);
        if (active) {
            // not before: until then, nobody can have seen it
            arrived(waiting);
        }
        return active;
    }

    /**
     * Journals an end, behind the row that gave it its slot or its place, and before those of whoever gets them next; until it
     * is written. To be called within {@link RowOrder#inOrder}, with what ended it.
     */
    CompletionStage<JournalRow> journalEnd(SuggestionKey key, JournalEntry entry) {
        return rowOrder.end(key, () -> audit.appendUntilWritten(entry));
    }

    /** Ends all that is past its context window. */
    void expire() {
        try {
            ledger.expire((interactionId, drop) -> rowOrder.inOrder(interactionId, () -> {
                List<Ended> expired = drop.get();
                expired.forEach(this::expired);
                return expired;
            }));
        } catch (RuntimeException e) {
            // a scheduled task that throws is never run again
            LOG.error("Ending what is past its context window failed; it is tried again", e);
        }
    }

    private void expired(Ended ended) {
        metrics.expired();
        latelyExpired.add(ended);
        journalEnd(ended.key(), Entries.expired(ended)).thenRunAsync(() -> ended(ended), executor);
    }

    /** What ran out lately and is forgotten by the ledger. To be called within {@link RowOrder#inOrder}. */
    Optional<Ended> latelyExpired(SuggestionKey key) {
        ledger.lapsed(key.interactionId()).forEach(this::expired);
        return latelyExpired.find(key);
    }

    /** All that waits or is active of the interaction is over; nothing else is remembered of it. */
    List<Ended> endInteraction(String interactionId) {
        history.forget(interactionId);
        List<Ended> ended = ledger.endInteraction(interactionId);
        ended.forEach(one -> metrics.expired());
        return ended;
    }

    /** To be called when one has ended by time or with its interaction: its place or slot is free. */
    void ended(Ended ended) {
        String interactionId = ended.key().interactionId();
        if (ended.waited() && !camelContext.isStopping()) {
            // the ledger has forgotten it, the queue still has its text: a look at the queue drops it
            holdLine.kick(interactionId);
        } else {
            slotFreed(interactionId);
        }
    }

    /** To be called when an interaction may have a free slot: the best that waits gets it. */
    void slotFreed(String interactionId) {
        // while the context stops, its routes are gone, or soon; what waits is on disk
        if (!camelContext.isStopping() && ledger.waiting(interactionId) > 0) {
            holdLine.kick(interactionId);
        }
    }

    /** Begins a queue with what waited before a restart. */
    void resume(String interactionId) {
        if (!camelContext.isStopping()) {
            holdLine.kick(interactionId);
        }
    }

    /** Lets a suggestion wait that is on disk as held. */
    void offer(Waiting waiting, HoldRule rule) {
        if (!camelContext.isStopping()) {
            holdLine.offer(waiting, rule);
        }
    }

    /** Whether this claim of it holds a slot: else its frame must not leave (again). */
    boolean isActive(Waiting waiting) {
        return ledger.isActive(waiting.key(), windowEnd(waiting));
    }

    /** Whether this claim of it lost its slot with its interaction. */
    boolean endedWithInteraction(Waiting waiting) {
        return ledger.endedWithInteraction(waiting.key(), windowEnd(waiting));
    }

    private static Instant windowEnd(Waiting waiting) {
        return waiting.suggestion().contextWindow().end();
    }

    /** Slots of the interaction that nobody holds now. */
    int freeSlots(String interactionId, HoldRule rule) {
        return Math.max(0, rule.slots() - ledger.active(interactionId));
    }
}
