package io.github.cxoneassist.session;

import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.tls.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the tests of a session over real sockets share. */
@Timeout(60)
abstract class SessionFixture {

    static final String AUTH = "{\"type\":\"auth\",\"token\":\"T0K3N-1\"}";

    final Vertx vertx = Vertx.vertx();
    final Recorder recorder = new Recorder();
    SSLContext tls = Tls.ofJvm();
    AssistSession session;

    @AfterEach
    void tearDown() {
        if (session != null) {
            TestServer.await(session.stop());
        }
        TestServer.await(vertx.close());
    }

    AssistSession start(URI url) {
        return start(url, b -> b);
    }

    AssistSession start(URI url, UnaryOperator<SessionConfigBuilder> options) {
        create(url, options);
        session.start();
        return session;
    }

    AssistSession create(URI url, UnaryOperator<SessionConfigBuilder> options) {
        SessionConfigBuilder quick = SessionConfig.builder(url)
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)))
                .authBackoff(new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .closeTimeout(Duration.ofMillis(300));
        session = new AssistSession(
                "test", options.apply(quick).build(), tls, recorder, vertx, Clock.systemUTC(), new Random(1), recorder);
        return session;
    }

    void awaitState(SessionState state) {
        await().until(() -> session.status().state() == state);
    }

    static SuggestFrame suggestion(String id, Instant end) {
        SuggestFrame open = suggestion(id);
        return new SuggestFrame(
                open.interactionId(), id, "C0NT3NT", "HIGH", 0.85, open.start(), end, open.injectedAt());
    }

    static SuggestFrame large(String id) {
        SuggestFrame open = suggestion(id);
        return new SuggestFrame(
                open.interactionId(), id, "x".repeat(500_000), "LOW", 1, open.start(), open.end(), open.injectedAt());
    }

    static SessionUnavailableException failure(Future<Instant> send) {
        await().until(send::isComplete);
        return (SessionUnavailableException) send.cause();
    }

    static SuggestFrame suggestion(String id) {
        return new SuggestFrame(
                "I1",
                id,
                "C0NT3NT",
                "HIGH",
                0.85,
                Instant.parse("2026-11-22T08:00:00Z"),
                Instant.parse("2126-11-22T08:05:00Z"),
                Instant.parse("2026-11-22T08:00:01.123Z"));
    }
}
