package io.github.cxoneassist.suggestion;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What agents accepted and dismissed, by interaction and by source. Bounded: what was not used for longest is forgotten
 * first, an interaction that ended being the likeliest. A forgotten interaction is judged by its source, and a forgotten
 * source not at all. Any thread may call it.
 */
public final class AcceptanceHistory {

    /** Interactions that are remembered: more than one node's agents talk in at once, in a few megabytes. */
    public static final int MAX_INTERACTIONS = 10_000;

    /** Sources that are remembered: a name that changes with each suggestion must not fill the memory. */
    public static final int MAX_SOURCES = 1_000;

    private final Map<String, Acceptance> interactions;
    private final Map<String, Acceptance> sources;

    public AcceptanceHistory() {
        this(MAX_INTERACTIONS, MAX_SOURCES);
    }

    AcceptanceHistory(int maxInteractions, int maxSources) {
        this.interactions = new Recent(maxInteractions);
        this.sources = new Recent(maxSources);
    }

    /**
     * Counts one decision. The caller sees to it that each counts once.
     *
     * @param source or null
     * @param accepted else dismissed
     */
    public synchronized void record(String interactionId, String source, boolean accepted) {
        add(interactions, interactionId, accepted);
        if (source != null) {
            add(sources, source, accepted);
        }
    }

    public synchronized Acceptance ofInteraction(String interactionId) {
        return interactions.getOrDefault(interactionId, Acceptance.NONE);
    }

    /** @param source or null, which has no history */
    public synchronized Acceptance ofSource(String source) {
        return sources.getOrDefault(source, Acceptance.NONE);
    }

    /** Forgets an interaction that ended; what it taught about its sources stays. */
    public synchronized void forget(String interactionId) {
        interactions.remove(interactionId);
    }

    synchronized int size() {
        return interactions.size() + sources.size();
    }

    private static void add(Map<String, Acceptance> histories, String key, boolean accepted) {
        histories.put(key, histories.getOrDefault(key, Acceptance.NONE).plus(accepted));
    }

    /** In the order of use, so that the eldest is the one that was not used for longest. */
    private static final class Recent extends LinkedHashMap<String, Acceptance> {

        private static final long serialVersionUID = 1L;

        private final int max;

        private Recent(int max) {
            super(16, 0.75f, true);
            this.max = max;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Acceptance> eldest) {
            return size() > max;
        }
    }
}
