package io.github.cxoneassist.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Waited or held a slot past their window, and were claimed again before anybody was told. Thread-safe. */
final class OwedEnds {

    private final ConcurrentMap<String, List<Ended>> owed = new ConcurrentHashMap<>();

    void add(Ended ended) {
        owed.merge(ended.key().interactionId(), List.of(ended), (before, one) -> {
            List<Ended> all = new ArrayList<>(before);
            all.addAll(one);
            return all;
        });
    }

    List<Ended> take(String interactionId) {
        // looked at first: there is hardly ever any, and to remove takes a lock
        return owed.isEmpty() ? List.of() : Objects.requireNonNullElse(owed.remove(interactionId), List.of());
    }

    Set<String> interactions() {
        return owed.keySet();
    }
}
