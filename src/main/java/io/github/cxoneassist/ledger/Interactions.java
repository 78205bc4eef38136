package io.github.cxoneassist.ledger;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Each interaction is read and changed only under the map's lock on its key, and is here only while there is anything in it. */
final class Interactions {

    private final ConcurrentMap<String, Interaction> interactions = new ConcurrentHashMap<>();

    int size() {
        return interactions.size();
    }

    int sum(Function<Interaction, Integer> count) {
        return interactions.keySet().stream()
                .mapToInt(interactionId -> look(interactionId, 0, count))
                .sum();
    }

    <T> T look(String interactionId, T ifUnknown, Function<Interaction, T> question) {
        AtomicReference<T> answer = new AtomicReference<>(ifUnknown);
        interactions.computeIfPresent(interactionId, (id, interaction) -> {
            answer.set(question.apply(interaction));
            return interaction;
        });
        return answer.get();
    }

    /** One step on one interaction. It throws before it changes anything, or not at all. */
    <T> T change(String interactionId, Function<Interaction, T> step) {
        AtomicReference<T> answer = new AtomicReference<>();
        interactions.compute(interactionId, (id, present) -> {
            Interaction interaction = present == null ? new Interaction() : present;
            answer.set(step.apply(interaction));
            // neither a finished interaction nor one that was never heard of may stay behind
            return interaction.isEmpty() ? null : interaction;
        });
        return answer.get();
    }
}
