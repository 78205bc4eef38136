package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Who holds a slot, who waits for one, and which ids are known.
 *
 * <pre>
 *             ┌────────────── reserve ──────────────┐
 *             │                                     ▼
 *   claim ──► claimed ──hold──► waiting ──reserve──► active ──end──► ended
 *                │                │ ▲                │ │              │
 *                │                │ └──── hold ──────┘ │              │
 *             release    release, supersede         release           │
 *                ▼                ▼                    ▼              ▼
 *            forgotten        forgotten            forgotten      known until the window is over, as all others
 * </pre>
 *
 * <p>A window includes its end: it is over when the clock is past it. To every method but {@link #expire()} and {@link #lapsed} an entry
 * whose window is over is as good as gone, whether {@code expire()} ran or not.
 *
 * <p>All methods may be called from any thread, and are atomic per interaction. They may block where the ledger is kept
 * in a database.
 */
public interface InteractionLedger {

    /**
     * Makes the id known until its window is over, unless it or its content is refused. A claim holds no slot.
     *
     * @param until the last instant of the suggestion's window
     * @param origin kept for whoever asks
     */
    Claim claim(SuggestionKey key, Instant until, Origin origin, ContentRule content);

    /** A claim of which nothing more is known. */
    default Claim claim(SuggestionKey key, Instant until, ContentRule content) {
        return claim(key, until, Origin.UNKNOWN, content);
    }

    /** A claim whose content is not looked at: new or a duplicate. */
    default Claim claim(SuggestionKey key, Instant until) {
        return claim(key, until, ContentRule.OFF);
    }

    /**
     * Settles a suggestion: it was sent, or may have been since the connection broke while it was written, or it waits
     * and that is on record. Whoever offers it again is told that it is a duplicate, and it can't be released any more.
     * One that waited stays settled when it gets its slot.
     */
    void confirm(SuggestionKey key);

    /**
     * As {@link #confirm(SuggestionKey)}, of the claim whose window ends then: nothing where that one is gone and its id
     * was claimed anew, with another window. For whoever learns late what became of a suggestion.
     */
    void confirm(SuggestionKey key, Instant until);

    /**
     * Whether a claim is settled. One that is not may still be given back, so that the same suggestion, offered a second
     * time meanwhile, must not be called a duplicate yet.
     *
     * @return false also for an id that is not known (any more)
     */
    boolean isConfirmed(SuggestionKey key);

    /**
     * Takes a slot when fewer than {@code limit} of the interaction are active. One that waits gets any free slot:
     * whoever asks, asks for the best that waits. A newcomer gets none while another waits. One that holds a slot already
     * is told so, and nothing changes.
     *
     * @throws NotClaimedException where the key has no open claim: never claimed, released, ended, or its window over
     */
    Reservation reserve(SuggestionKey key, int limit);

    /**
     * Lets a suggestion wait from now on. For one that is claimed; or for one that holds a slot and was, for certain, not
     * sent: it gives the slot back. One that waits already goes on waiting.
     *
     * @return whether it waits now; false where the desktop has acknowledged it, so that it was sent after all and keeps
     *     its slot
     * @throws NotClaimedException as {@link #reserve}
     */
    boolean hold(SuggestionKey key);

    /** Whether it waits, and its window is not over. */
    boolean isWaiting(SuggestionKey key);

    /**
     * Forgets a suggestion that was not sent after all: claim, place or slot vanish, and its id may be offered again.
     * Does nothing for one that is settled, that the desktop acknowledged or that ended: that one was sent or promised,
     * whatever the sender was told. A settled one that could not be sent after it had waited is given back with
     * {@link #hold} and, where it is not to wait again, {@link #supersede}.
     *
     * @return whether something was forgotten
     */
    boolean release(SuggestionKey key);

    /** As {@link #release(SuggestionKey)}, of the claim whose window ends then, as {@link #confirm(SuggestionKey, Instant)}. */
    boolean release(SuggestionKey key, Instant until);

    /**
     * Forgets a suggestion that waits, settled or not, since others are better. Its id may be offered again.
     *
     * @return false where it does not wait (any more): it got a slot, ended, or its window is over
     */
    boolean supersede(SuggestionKey key);

    /** Records that the desktop shows the suggestion. Frees no slot. */
    Acknowledgement acknowledge(SuggestionKey key);

    /** Frees the slot; the id stays known until its window is over. The first decision wins. */
    Ending end(SuggestionKey key, Decision decision);

    /**
     * Ends all of the interaction that wait or hold a slot. Their ids stay known until their windows are over. What is
     * only claimed goes on, and ids that are claimed later are new: the ledger does not know that an interaction is over.
     *
     * @return those that were ended, each by one call
     */
    List<Ended> endInteraction(String interactionId);

    /**
     * Drops all whose window, or whose cool-down, is over. Costs as much as there is to drop, so it may be called often.
     *
     * @return those that waited or held their slot until the end of their window, in no particular order. Each is
     *     reported once, by one call, even if the same id was claimed again in between
     */
    default List<Ended> expire() {
        List<Ended> expired = new ArrayList<>();
        expire((interactionId, drop) -> expired.addAll(drop.get()));
        return List.copyOf(expired);
    }

    /**
     * As {@link #expire()}, for whoever has something to do around each interaction's step.
     *
     * @param each is given an interaction, and what drops all of it that is over; it has to call that, once
     */
    void expire(BiConsumer<String, Supplier<List<Ended>>> each);

    /**
     * Reports, as {@link #expire()} would, those of one interaction that waited or held their slot until the end of their
     * window: none of them is reported again. Costs as much as there is open of the interaction. For whoever wants to know
     * which ends a free slot is owed to.
     */
    List<Ended> lapsed(String interactionId);

    /**
     * Brings back what was known before a restart. Before anything else is asked of the ledger; the same again changes
     * nothing, and of two states for one key the last counts. What is past its window is taken too: the next
     * {@link #expire()} reports it.
     *
     * @param origin as it was claimed
     * @param content the rule of its claim
     */
    void restore(SuggestionKey key, Instant until, Restored state, Origin origin, ContentRule content);

    /** Brings back one of which nothing more is known. */
    default void restore(SuggestionKey key, Instant until, Restored state, ContentRule content) {
        restore(key, until, state, Origin.UNKNOWN, content);
    }

    /** Brings back one whose content was not looked at. */
    default void restore(SuggestionKey key, Instant until, Restored state) {
        restore(key, until, state, ContentRule.OFF);
    }

    /** Brings back a cool-down, which outlives what was dismissed; of several of one content the longest counts. */
    void restore(String interactionId, CoolDown coolDown);

    /** The cool-down that the suggestion's content is in; empty where none is, or the suggestion is not known (any more). */
    Optional<CoolDown> coolDown(SuggestionKey key);

    /** Empty where the suggestion is not known (any more). */
    Optional<Origin> origin(SuggestionKey key);

    /** Whether it holds a slot, and the desktop has not acknowledged it: to send it again makes sense. */
    boolean isUnanswered(SuggestionKey key);

    /** Whether the claim whose window ends then holds a slot: an id may be another one's by now. */
    boolean isActive(SuggestionKey key, Instant until);

    /** Whether the claim whose window ends then held a slot when its interaction ended, and that window is not over. */
    boolean endedWithInteraction(SuggestionKey key, Instant until);

    /** Suggestions of the interaction that hold a slot and are within their window. */
    int active(String interactionId);

    /** Suggestions that hold a slot and are within their window. Looks at all that is kept: for metrics. */
    int active();

    /** Suggestions of the interaction that wait and are within their window. */
    int waiting(String interactionId);

    /** Suggestions that wait and are within their window. Looks at all that is kept: for metrics. */
    int waiting();

    /**
     * Suggestions that are kept, in whichever state; those past their window are among them until {@link #expire()}.
     * Looks at all interactions: for metrics.
     */
    int size();
}
