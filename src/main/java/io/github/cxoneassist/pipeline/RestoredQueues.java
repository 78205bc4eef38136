package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.HoldQueue;
import io.github.cxoneassist.ledger.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/**
 * What waited before a restart, until its interaction's queue is begun with all of it: were they to come one by one, a free slot
 * would go to whoever came first, and a newcomer would overtake those that are still to come. Thread-safe.
 */
final class RestoredQueues {

    private final Map<String, List<Waiting>> queues = new ConcurrentSkipListMap<>();
    private final Function<String, HoldRule> ruleOf;

    /** @param ruleOf a session's rule, asked for when a queue is begun */
    RestoredQueues(Function<String, HoldRule> ruleOf) {
        this.ruleOf = ruleOf;
    }

    void add(Waiting waiting) {
        queues.computeIfAbsent(waiting.suggestion().interactionId(), id -> new ArrayList<>())
                .add(waiting);
    }

    /** Whether its queue is still to be begun. */
    boolean has(String interactionId) {
        return queues.containsKey(interactionId);
    }

    /** To begin its queue with; whoever takes it has it alone. */
    Optional<HoldGroup> take(String interactionId) {
        return Optional.ofNullable(queues.remove(interactionId)).map(waiting -> {
            HoldRule rule = ruleOf.apply(waiting.get(0).session()).holding();
            return new HoldGroup(HoldQueue.of(rule.capacity(), rule.policy(), waiting), rule);
        });
    }

    /** Those whose queues are still to be begun, in alphabetical order. */
    List<String> interactions() {
        return List.copyOf(queues.keySet());
    }
}
