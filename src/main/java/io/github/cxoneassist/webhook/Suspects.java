package io.github.cxoneassist.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells whose trouble it is: that of the subscriber, which every event meets, or that of one event. An event that meets trouble,
 * and meets it again though the subscriber has answered others in between, has itself to blame. Not thread-safe.
 */
final class Suspects {

    /** So much trouble in a row, and others are asked whether they meet it too. Below, a hiccup costs no order. */
    private static final int ENOUGH = 8;

    private final Lanes lanes;

    /** How often the subscriber had answered when an event was last in trouble. Bounded: who is forgotten is suspected anew. */
    private final Map<Long, Long> answersAtTrouble = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > DeliveryRules.WINDOW;
        }
    };

    private long answers;
    private int inARow;

    Suspects(Lanes lanes) {
        this.lanes = lanes;
    }

    /** The subscriber answered something about this event. */
    void answered(Errand errand) {
        answers++;
        inARow = 0;
        answersAtTrouble.remove(errand.seq());
        lanes.passOverNobody();
    }

    /** True: it is the trouble of this event. */
    boolean inTrouble(Errand errand) {
        Long before = answersAtTrouble.put(errand.seq(), answers);
        if (before != null && answers > before) {
            return true;
        }
        inARow++;
        if (inARow >= ENOUGH) {
            lanes.passOver(errand);
        }
        return false;
    }
}
