package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.TokenSource;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Listens to a session and hands it a fresh token after each refused one. */
final class Recorder implements SessionListener, TokenSource {

    final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    final List<AccessToken> invalidated = new CopyOnWriteArrayList<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile Throwable tokenFailure;
    /** Takes the place of the tokens that never run out; null for those. */
    volatile Supplier<CompletionStage<AccessToken>> source;

    @Override
    public void stateChanged(SessionEvent event) {
        events.add(event);
    }

    @Override
    public CompletionStage<AccessToken> token() {
        asked.incrementAndGet();
        if (source != null) {
            return source.get();
        }
        if (tokenFailure != null) {
            return CompletableFuture.failedStage(tokenFailure);
        }
        return CompletableFuture.completedStage(
                new AccessToken("T0K3N-" + (invalidated.size() + 1), Instant.parse("2100-01-01T00:00:00Z")));
    }

    @Override
    public void invalidate(AccessToken stale) {
        invalidated.add(stale);
    }

    List<SessionState> states() {
        return events.stream().map(SessionEvent::to).toList();
    }

    long count(SessionState state) {
        return states().stream().filter(state::equals).count();
    }

    SessionEvent latest(SessionState state) {
        return events.stream().filter(e -> e.to() == state).reduce((a, b) -> b).orElseThrow();
    }
}
