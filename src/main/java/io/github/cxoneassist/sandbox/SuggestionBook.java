package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.ReceivedSuggestion.Outcome;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was received, and the rules that need memory. For one thread at a time. Knows as many suggestions as its limit
 * says, and more only while they are in their window.
 */
final class SuggestionBook {

    record Key(String interactionId, String id) {}

    record Breach(Kind kind, String text) {}

    private final int maxActive;
    private final Duration transit;
    private final int limit;
    private final Map<Key, ReceivedSuggestion> byKey = new LinkedHashMap<>();
    private final Map<String, Set<Key>> openByInteraction = new HashMap<>();
    private int mostActive;
    private long received;

    SuggestionBook(int maxActive, Duration transit, int limit) {
        this.maxActive = maxActive;
        this.transit = transit;
        this.limit = limit;
    }

    List<Breach> receive(SuggestionFrame frame, int connection, Instant now) {
        received++;
        var breaches = new ArrayList<Breach>();
        var key = new Key(frame.interactionId(), frame.id());
        if (isOutside(frame, now)) {
            breaches.add(new Breach(
                    Kind.OUTSIDE_ITS_WINDOW,
                    key + " injected " + frame.injectedAt() + " arrived " + now + " window " + frame.start() + ".."
                            + frame.end()));
        }
        var known = byKey.get(key);
        if (known == null) {
            forgetEnded(now);
            byKey.put(key, ReceivedSuggestion.first(frame, connection, now));
            openByInteraction
                    .computeIfAbsent(key.interactionId(), k -> new HashSet<>())
                    .add(key);
            var active = active(key.interactionId(), now);
            mostActive = Math.max(mostActive, active);
            if (active > maxActive) {
                breaches.add(new Breach(Kind.TOO_MANY_ACTIVE, key + " is active number " + active));
            }
        } else {
            if (known.acknowledged() || known.outcome() != Outcome.OPEN) {
                breaches.add(new Breach(Kind.SENT_AGAIN_AFTER_ANSWER, key + " had been answered"));
            } else if (known.connection() == connection) {
                breaches.add(new Breach(Kind.SENT_TWICE_ON_ONE_CONNECTION, key + " came again"));
            }
            byKey.put(key, known.sentAgain(connection));
        }
        return breaches;
    }

    private boolean isOutside(SuggestionFrame frame, Instant now) {
        return frame.injectedAt().isBefore(frame.start())
                || frame.injectedAt().isAfter(frame.end())
                || now.isBefore(frame.start())
                || now.isAfter(frame.end().plus(transit));
    }

    void acknowledged(String interactionId, String id) {
        byKey.computeIfPresent(new Key(interactionId, id), (key, known) -> known.answeredWithAck());
    }

    void ended(String interactionId, String id, Outcome outcome) {
        var key = new Key(interactionId, id);
        if (byKey.computeIfPresent(key, (k, known) -> known.ended(outcome)) != null) {
            noLongerOpen(key);
        }
    }

    /** Drops what is past its window on the way, so that the count costs what is alive, not what ever was. */
    int active(String interactionId, Instant now) {
        var open = openByInteraction.get(interactionId);
        if (open == null) {
            return 0;
        }
        open.removeIf(key -> !byKey.get(key).activeAt(now));
        if (open.isEmpty()) {
            openByInteraction.remove(interactionId);
        }
        return open.size();
    }

    int mostActive() {
        return mostActive;
    }

    long received() {
        return received;
    }

    int sends(String id) {
        return byKey.values().stream()
                .filter(s -> s.id().equals(id))
                .mapToInt(ReceivedSuggestion::sends)
                .sum();
    }

    int sends(String interactionId, String id) {
        return find(interactionId, id).map(ReceivedSuggestion::sends).orElse(0);
    }

    Optional<ReceivedSuggestion> find(String interactionId, String id) {
        return Optional.ofNullable(byKey.get(new Key(interactionId, id)));
    }

    List<ReceivedSuggestion> list() {
        return List.copyOf(byKey.values());
    }

    private void forgetEnded(Instant now) {
        var oldestFirst = byKey.entrySet().iterator();
        while (byKey.size() >= limit && oldestFirst.hasNext()) {
            var oldest = oldestFirst.next();
            if (!now.isAfter(oldest.getValue().frame().end())) {
                return;
            }
            oldestFirst.remove();
            noLongerOpen(oldest.getKey());
        }
    }

    private void noLongerOpen(Key key) {
        openByInteraction.computeIfPresent(key.interactionId(), (interaction, open) -> {
            open.remove(key);
            return open.isEmpty() ? null : open;
        });
    }
}
