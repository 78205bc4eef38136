package io.github.cxoneassist.e2e;

/** How agents' decisions adjust a score. Each history counts by itself; the source is the interaction's own. */
final class ModelRelevance {

    static final int LEAST_DECISIONS = 3;
    private static final int THRESHOLD = 70;
    private static final int STEP = 5;

    private static final class History {
        private int accepted;
        private int decided;

        private void count(boolean accept) {
            accepted += accept ? 1 : 0;
            decided++;
        }
    }

    private History ofInteraction = new History();
    private final History ofSource = new History();

    void count(boolean accept) {
        ofInteraction.count(accept);
        ofSource.count(accept);
    }

    void interactionEnded() {
        ofInteraction = new History();
    }

    int adjust(int percent) {
        History history = ofInteraction.decided >= LEAST_DECISIONS ? ofInteraction : ofSource;
        if (history.decided < LEAST_DECISIONS) {
            return percent;
        }
        // more than 80 %, less than 30 %
        if (history.accepted * 10 > history.decided * 8) {
            return Math.min(100, percent + STEP);
        }
        return history.accepted * 10 < history.decided * 3 ? Math.max(THRESHOLD, percent - STEP) : percent;
    }
}
