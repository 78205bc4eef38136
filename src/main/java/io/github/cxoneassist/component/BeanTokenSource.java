package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.TokenSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** A token source that somebody else wrote, who may not have read that it must not block. */
final class BeanTokenSource implements TokenSource {

    private final TokenSource bean;
    private final ForeignCall call;
    private final AtomicReference<AccessToken> refused = new AtomicReference<>();

    BeanTokenSource(TokenSource bean, ForeignCall call) {
        this.bean = bean;
        this.call = call;
    }

    @Override
    public CompletionStage<AccessToken> token() {
        return call.ask(() -> {
            AccessToken stale = refused.getAndSet(null);
            if (stale != null) {
                bean.invalidate(stale);
            }
            return bean.token();
        });
    }

    /** The bean hears of it with the next request, on the same thread, so that it cannot come too late for it. */
    @Override
    public void invalidate(AccessToken stale) {
        refused.set(stale);
    }
}
