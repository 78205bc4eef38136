package io.github.cxoneassist.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells whose trouble it is: that of the subscriber, which every event meets, or that of one event. An event that meets trouble,
 * and meets it again though the subscriber has answered others in between, has itself to blame, until another one meets trouble
 * too. Not thread-safe.
 */
final class Suspects {

    /** So much trouble in a row, and others are asked whether they meet it too. Below, a hiccup costs no order. */
    private static final int ENOUGH = 8;

    /**
     * @param answers how often the subscriber had answered then
     * @param guilty whether it was the trouble of the event
     */
    private record Trouble(long answers, boolean guilty) {}

    private final Lanes lanes;

    /** The last of each event. Bounded: who is forgotten is suspected anew. */
    private final Map<Long, Trouble> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Trouble> eldest) {
            return size() > DeliveryRules.WINDOW;
        }
    };

    private long answers;
    /** Trouble that was no event's own. */
    private int inARow;

    Suspects(Lanes lanes) {
        this.lanes = lanes;
    }

    /** The subscriber answered something about this event. */
    void answered(Errand errand) {
        answers++;
        inARow = 0;
        last.remove(errand.seq());
        lanes.passOverNobody();
    }

    /** True: it is the trouble of this event. */
    boolean inTrouble(Errand errand) {
        Trouble before = last.get(errand.seq());
        boolean guilty = before != null && (answers > before.answers() || before.guilty() && inARow == 0);
        last.put(errand.seq(), new Trouble(answers, guilty));
        if (guilty) {
            return true;
        }
        inARow++;
        if (inARow >= ENOUGH) {
            lanes.passOver(errand);
        }
        return false;
    }
}
