package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.SuggestionKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last few suggestions that ran out, which the ledger has forgotten: an agent who decides a moment too late is told from
 * somebody who decides on what never was. Bounded, and not restored: it names a reason, and nothing depends on it. Thread-safe.
 */
final class LatelyExpired {

    private static final int MOST = 10_000;

    private final Map<SuggestionKey, Ended> last = new LinkedHashMap<>();

    synchronized void add(Ended ended) {
        last.remove(ended.key());
        last.put(ended.key(), ended);
        if (last.size() > MOST) {
            last.remove(last.keySet().iterator().next());
        }
    }

    synchronized Optional<Ended> find(SuggestionKey key) {
        return Optional.ofNullable(last.get(key));
    }
}
