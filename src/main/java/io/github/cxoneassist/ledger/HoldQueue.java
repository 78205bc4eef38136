package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The suggestions of one interaction that wait for a slot, the best first. Immutable, so that whoever keeps it may try a
 * change again.
 *
 * <p>It says who is the best and who has to leave. Whether one waits at all is the ledger's to say, which forgets those
 * that are superseded, expired or ended with their interaction on its own: the queue drops them without a word when it
 * meets them, since whoever ended them has recorded it.
 */
public final class HoldQueue {

    private final int capacity;
    private final HoldPolicy policy;
    private final List<Waiting> waiting;

    /**
     * What an event did to a queue.
     *
     * @param rest those that wait now
     * @param released those that hold a slot now, in the order in which they got it; they are to be sent
     * @param superseded those that left because others are better, the newcomer perhaps among them. The ledger still
     *     takes them for waiting
     */
    public record Change(HoldQueue rest, List<Waiting> released, List<Waiting> superseded) {

        public Change {
            Objects.requireNonNull(rest, "rest");
            released = List.copyOf(released);
            superseded = List.copyOf(superseded);
        }
    }

    private HoldQueue(int capacity, HoldPolicy policy, List<Waiting> waiting) {
        this.capacity = capacity;
        this.policy = policy;
        this.waiting = List.copyOf(waiting);
    }

    /** @param capacity how many may wait, 1 or more */
    public static HoldQueue empty(int capacity, HoldPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be 1 or more, but is " + capacity);
        }
        return new HoldQueue(capacity, policy, List.of());
    }

    /** As it was before a restart. Those that are too many leave with the next {@link #offer}. */
    public static HoldQueue of(int capacity, HoldPolicy policy, Collection<Waiting> waiting) {
        return empty(capacity, policy)
                .with(waiting.stream().sorted(Waiting.BEST_FIRST).toList());
    }

    /** The same ones waiting under another rule; those that are too many by it leave with the next {@link #offer}. */
    public HoldQueue under(int newCapacity, HoldPolicy newPolicy) {
        return new HoldQueue(empty(newCapacity, newPolicy).capacity, newPolicy, waiting);
    }

    /**
     * Lets one more wait. Those past their window are dropped before, so that none of them takes the place of another.
     * One whose id waits already changes nothing: it may have been offered twice.
     */
    public Change offer(Waiting newcomer, Instant now) {
        return offer(newcomer, nobody -> false, all -> true, now);
    }

    /**
     * Lets one more wait, and the best go. Slots are given before anybody has to leave: who is too many is known only when it is
     * known who still waits.
     *
     * @see #release(Predicate, Predicate, Instant)
     */
    public Change offer(Waiting newcomer, Predicate<Waiting> getsSlot, Predicate<Waiting> stillWaits, Instant now) {
        List<Waiting> ranked = new ArrayList<>(keep(one -> true, now).waiting);
        boolean known = ranked.stream().anyMatch(one -> one.key().equals(newcomer.key()));
        if (known || !newcomer.openAt(now)) {
            return with(ranked).release(getsSlot, stillWaits, now);
        }
        ranked.add(newcomer);
        ranked.sort(Waiting.BEST_FIRST);
        Change released = with(ranked).release(getsSlot, stillWaits, now);
        List<Waiting> rest = new ArrayList<>(released.rest().waiting);
        List<Waiting> superseded = new ArrayList<>();
        for (int i = rest.size() - 1; rest.size() > capacity; i--) {
            // where newcomers replace, it is one who waited before that leaves
            if (policy != HoldPolicy.REPLACE || rest.get(i) != newcomer) {
                superseded.add(rest.remove(i));
            }
        }
        return new Change(with(rest), released.released(), superseded);
    }

    /**
     * Lets the best go, one after the other, until one gets no slot: nobody is asked after it, so that none overtakes it.
     *
     * @param getsSlot takes a slot for it, or answers false. Of those that wait no longer it may throw
     *     {@link NotClaimedException}, as {@link InteractionLedger#reserve} does; any other exception leaves those that
     *     had their slot before it in this queue, where nobody sends them
     * @param stillWaits asked of each before it is let go or kept
     */
    public Change release(Predicate<Waiting> getsSlot, Predicate<Waiting> stillWaits, Instant now) {
        List<Waiting> released = new ArrayList<>();
        List<Waiting> rest = new ArrayList<>();
        for (Waiting best : waiting) {
            if (!best.openAt(now) || !stillWaits.test(best)) {
                continue;
            }
            try {
                // whoever got no slot is the first of the rest
                if (rest.isEmpty() && getsSlot.test(best)) {
                    released.add(best);
                } else {
                    rest.add(best);
                }
            } catch (NotClaimedException e) {
                // its window, or the interaction, ended since the question before: dropped as those above
            }
        }
        return new Change(with(rest), released, List.of());
    }

    /** Without those past their window and those that wait no longer, as after the end of the interaction. */
    public HoldQueue keep(Predicate<Waiting> stillWaits, Instant now) {
        return with(waiting.stream()
                .filter(one -> one.openAt(now) && stillWaits.test(one))
                .toList());
    }

    /** Those that wait, the best first. */
    public List<Waiting> waiting() {
        return waiting;
    }

    public int size() {
        return waiting.size();
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    private HoldQueue with(List<Waiting> ranked) {
        return new HoldQueue(capacity, policy, ranked);
    }
}
