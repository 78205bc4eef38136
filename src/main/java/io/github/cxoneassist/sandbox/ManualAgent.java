package io.github.cxoneassist.sandbox;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Does nothing until told: the agent for tests. Any thread may call. It may be told to repeat itself and to speak of
 * suggestions that never came; an answer to one that came can leave the interaction out.
 */
public final class ManualAgent implements Agent {

    /** By id; empty where several interactions have it. */
    private final Map<String, Optional<String>> interactions = new HashMap<>();

    private Desktop desktop;

    @Override
    public synchronized void sitsDownAt(Desktop desktop) {
        this.desktop = desktop;
    }

    @Override
    public synchronized void sees(ReceivedSuggestion suggestion) {
        interactions.merge(
                suggestion.id(),
                Optional.of(suggestion.interactionId()),
                (known, seen) -> known.equals(seen) ? known : Optional.empty());
    }

    @Override
    public synchronized void forgets() {
        interactions.clear();
    }

    public Future<Integer> ack(String suggestionId) {
        return ack(interactionOf(suggestionId), suggestionId, Map.of());
    }

    public Future<Integer> ack(String interactionId, String suggestionId, Map<String, ?> more) {
        return desktop().acknowledge(interactionId, suggestionId, more);
    }

    public Future<Integer> accept(String suggestionId) {
        return accept(interactionOf(suggestionId), suggestionId, Map.of());
    }

    public Future<Integer> accept(String interactionId, String suggestionId, Map<String, ?> more) {
        return desktop().accept(interactionId, suggestionId, more);
    }

    public Future<Integer> dismiss(String suggestionId) {
        return dismiss(interactionOf(suggestionId), suggestionId, Map.of());
    }

    public Future<Integer> dismiss(String interactionId, String suggestionId, Map<String, ?> more) {
        return desktop().dismiss(interactionId, suggestionId, more);
    }

    private synchronized Desktop desktop() {
        if (desktop == null) {
            throw new IllegalStateException("Nobody sits at the desktop yet; start the sandbox first");
        }
        return desktop;
    }

    private synchronized String interactionOf(String suggestionId) {
        return interactions
                .getOrDefault(suggestionId, Optional.empty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "No one interaction has shown " + suggestionId + "; name the interaction"));
    }
}
