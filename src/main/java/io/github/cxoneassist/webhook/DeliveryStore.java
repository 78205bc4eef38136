package io.github.cxoneassist.webhook;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far each subscriber has come in the log of one node, and which rows it left behind. Called from several threads, never at
 * once for one subscriber; may block. Fails with a {@link DeliveryStoreException}.
 */
public interface DeliveryStore {

    /** Empty for a new subscriber. */
    OptionalLong cursor(String subscriber);

    /** The whole of it; empty for a new subscriber. */
    Optional<Place> place(String subscriber);

    /** Makes a subscriber known, which begins behind this row. */
    void begin(String subscriber, long seq);

    /** All or nothing. False, and nothing, where the subscriber has been removed, even if another has its name by now. */
    boolean settle(String subscriber, String generation, Settlement settlement, Instant now);

    /** Parked rows whose time has come, of each interaction the first. */
    List<ParkedRow> due(String subscriber, Instant now, int limit);

    /** When the next parked row is due; it may be one that has to wait for another. */
    Optional<Instant> nextDue(String subscriber);

    /** Those of the interactions that have parked rows, and when the last of these is due. */
    Map<String, Instant> waiting(String subscriber, Collection<String> interactions);

    /** All parked rows together. */
    Parked parked(String subscriber);

    /** Subscribers that are disabled, and why. */
    Map<String, String> disabled();
}
