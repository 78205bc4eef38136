package io.github.cxoneassist.oauth;

import java.util.concurrent.CompletionStage;

/** One request for a token, without a cache. Each call asks the server. */
@FunctionalInterface
public interface TokenRequest {

    /** Fails with a {@link TokenException}. */
    CompletionStage<AccessToken> send();
}
