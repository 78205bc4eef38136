package io.github.cxoneassist.webhook;

import java.util.OptionalLong;

/** How far each subscriber has come. Called from several threads, never at once for one subscriber; may block. */
public interface CursorStore {

    /**
     * Empty for a new subscriber.
     *
     * @throws CursorStoreException where the store can't be reached
     */
    OptionalLong load(String subscriberId);

    /**
     * Done when it is durable.
     *
     * @throws CursorStoreException where the store can't be reached
     */
    void save(String subscriberId, long seq);
}
