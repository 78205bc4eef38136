package io.github.cxoneassist.oauth;

import java.util.concurrent.CompletionStage;

/** Where a session gets its access token. Safe from any thread; neither method blocks. */
public interface TokenSource {

    /**
     * A token that is valid now, from the cache or fresh.
     *
     * @return fails with a {@link TokenException}, possibly wrapped in a
     *     {@link java.util.concurrent.CompletionException}
     */
    CompletionStage<AccessToken> token();

    /**
     * Drops exactly this token, because a server refused it. A newer one that came meanwhile stays, so that two
     * callers with the same stale token cause one renewal.
     */
    void invalidate(AccessToken stale);
}
