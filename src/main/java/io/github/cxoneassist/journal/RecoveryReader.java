package io.github.cxoneassist.journal;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * What a restart needs of a node's journal. Costs what is still open, not what was ever written. Blocking; thread-safe.
 * Fails with a {@link JournalException}.
 */
public interface RecoveryReader {
    /**
     * Hands over every suggestion whose window is open at {@code now}, those that have ended too: their ids are taken
     * until the window is over. Interaction by interaction, and oldest first within one. What was handed over is not
     * kept, so a log of any length fits in memory.
     *
     * @param each called on the caller's thread while a connection is held; what it throws ends the reading
     * @param progress gets the number of rows read so far, every now and then
     * @throws DamagedRowException where a row of an open suggestion is not one that a journal writes
     */
    void openSuggestions(String node, Instant now, Consumer<OpenSuggestion> each, LongConsumer progress);

    /** The cool-downs that are not over at {@code now}; there may be several of one content. */
    void openCoolDowns(String node, Instant now, Consumer<OpenCoolDown> each);

    /** The node's last decisions in the order in which they were made, {@code limit} at most. */
    List<PastDecision> latestDecisions(String node, int limit);
}
