package io.github.cxoneassist.component;

import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.CachingTokenSource;
import io.github.cxoneassist.oauth.JwtExpiry;
import io.github.cxoneassist.oauth.TokenException;
import io.github.cxoneassist.oauth.TokenSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;

/**
 * Tokens from a Camel processor that sets {@code Authorization: Bearer …}, as the one of camel-oauth does. It is asked
 * through the same cache as our own client: one call at a time, none while a token is good, a pause after a refusal.
 *
 * <p>Such a processor does not say how long its token lasts. A JWT does; any other counts as good for an hour, and as
 * outdated when CXone refuses it.
 */
final class ProcessorTokenSource implements TokenSource {

    static final Duration GUESSED_LIFETIME = Duration.ofHours(1);

    /** For a token that the processor still stands by when the guess is over. */
    static final Duration GUESSED_EXTENSION = Duration.ofMinutes(5);

    private final Processor processor;
    private final String who;
    private final CamelContext context;
    private final Clock clock;
    private final BearerHeader header;
    private final CachingTokenSource cache;

    private volatile AccessToken latest;
    private volatile AccessToken refused;

    ProcessorTokenSource(
            Processor processor,
            String who,
            ForeignCall call,
            CamelContext context,
            Clock clock,
            Duration renewBefore) {
        this.processor = processor;
        this.who = who;
        this.context = context;
        this.clock = clock;
        this.header = new BearerHeader(who);
        this.cache = new CachingTokenSource(
                () -> call.ask(() -> CompletableFuture.completedStage(process())), clock, renewBefore);
    }

    @Override
    public CompletionStage<AccessToken> token() {
        return cache.token();
    }

    @Override
    public void invalidate(AccessToken stale) {
        refused = stale;
        cache.invalidate(stale);
    }

    private AccessToken process() throws Exception {
        // a fresh one: a processor may find the session of an earlier call on it, and then set nothing
        Exchange exchange = new DefaultExchange(context);
        processor.process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        String value = header.token(exchange.getMessage().getHeader(BearerHeader.NAME));
        AccessToken stale = refused;
        refused = null;
        if (stale != null && stale.value().equals(value)) {
            // said once for each refusal: after the pause it is shown to CXone again, which may have been the one in
            // error
            throw TokenException.giveUp(
                    who + " still hands out the token that CXone refused; it has to drop it from its own cache");
        }
        return latest = new AccessToken(value, JwtExpiry.of(value).orElseGet(() -> guess(value)));
    }

    private Instant guess(String value) {
        AccessToken known = latest;
        Instant now = clock.instant();
        if (known == null || !known.value().equals(value)) {
            return now.plus(GUESSED_LIFETIME);
        }
        // the same one again is no younger for it; but whoever hands it out, knows better than we that it is still good
        Instant extended = now.plus(GUESSED_EXTENSION);
        return known.expiresAt().isAfter(extended) ? known.expiresAt() : extended;
    }
}
