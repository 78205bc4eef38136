package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.List;

/**
 * Who holds a slot and which ids are known.
 *
 * <pre>
 *   claim ──► claimed ──reserve──► active ──end──► ended
 *                │                    │              │
 *             release              release           │
 *                ▼                    ▼              ▼
 *            forgotten            forgotten      known until the window is over, as all others
 * </pre>
 *
 * <p>A window includes its end: it is over when the clock is past it. To every method but {@link #expire()} an entry
 * whose window is over is as good as gone, whether {@code expire()} ran or not.
 *
 * <p>All methods may be called from any thread, and are atomic per interaction. They may block where the ledger is kept
 * in a database.
 */
public interface InteractionLedger {

    /**
     * Makes the id known until its window is over. A claim holds no slot.
     *
     * @param until the last instant of the suggestion's window
     * @return false where the id is known already: a duplicate
     */
    boolean claim(SuggestionKey key, Instant until);

    /** Settles a claim: the suggestion is on its way, or waits, and whoever offers it again is told so. */
    void confirm(SuggestionKey key);

    /**
     * Whether a claim is settled. One that is not may still be given back, so that the same suggestion, offered a second
     * time meanwhile, must not be called a duplicate yet.
     *
     * @return false also for an id that is not known (any more)
     */
    boolean isConfirmed(SuggestionKey key);

    /**
     * Takes a slot for a claimed suggestion when fewer than {@code limit} of its interaction are active. Where it holds
     * one already, that is the answer, and nothing changes.
     *
     * @throws NotClaimedException where the key has no open claim: never claimed, released, ended, or its window over
     */
    Reservation reserve(SuggestionKey key, int limit);

    /**
     * Forgets a suggestion that was not sent after all: claim and slot vanish, and its id may be offered again. Does
     * nothing for one that the desktop acknowledged or the agent decided on: that one was sent, whatever the sender was
     * told. Of one in {@linkplain #doubt doubt}, it gives back the claim alone.
     *
     * @return whether something was forgotten
     */
    boolean release(SuggestionKey key);

    /**
     * A suggestion with a slot could not be sent for certain, and may be at the desktop nevertheless. From now on
     * {@link #release} keeps its slot, which only a decision or the end of its window frees; its id may be claimed again
     * after that, and then has its slot already.
     */
    void doubt(SuggestionKey key);

    /** Records that the desktop shows the suggestion. Frees no slot. */
    Acknowledgement acknowledge(SuggestionKey key);

    /** Frees the slot; the id stays known until its window is over. The first decision wins. */
    Ending end(SuggestionKey key, Decision decision);

    /**
     * Drops all whose window is over. Costs as much as there is to drop, so it may be called often.
     *
     * @return those that still held their slot at the end of their window, in no particular order. Each slot that ran
     *     out is reported once, by one call, even if the same id was claimed again in between
     */
    List<SuggestionKey> expire();

    /** Suggestions of the interaction that hold a slot and are within their window. */
    int active(String interactionId);

    /** Suggestions that hold a slot and are within their window. Looks at all that is kept: for metrics. */
    int active();

    /**
     * Suggestions that are kept, in whichever state; those past their window are among them until {@link #expire()}.
     * Looks at all interactions: for metrics.
     */
    int size();
}
