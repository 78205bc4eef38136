package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.AUTHENTICATING;
import static io.github.cxoneassist.session.SessionState.CLOSED;
import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionSendTest extends SessionFixture {

    @Test
    void noFramePrecedesTheAuthenticationAndWhatWaitedGoesOutInOrder() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            List<Future<Instant>> sends = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sends.add(session.send(suggestion("s" + i)));
            }
            awaitState(AUTHENTICATING);
            await().until(() -> server.frames.size() == 1);
            await().during(Duration.ofMillis(200)).until(() -> server.frames.size() == 1);
            assertThat(server.frames).containsExactly(AUTH);
            assertThat(session.status().waiting()).isEqualTo(100);

            server.letIn();
            sends.forEach(TestServer::await);

            await().until(() -> server.frames.size() == 101);
            assertThat(server.frames.subList(1, 101))
                    .isEqualTo(IntStream.range(0, 100)
                            .mapToObj(i -> suggestion("s" + i).toJson())
                            .toList());
            assertThat(session.status().waiting()).isZero();
            assertThat(session.status().sent()).isEqualTo(100);
        }
    }

    @Test
    void aSendThatWaitedTooLongFailsAndSaysWhy() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url(), b -> b.sendTimeout(Duration.ofMillis(500)));
            awaitState(AUTHENTICATING);

            SessionUnavailableException failure = failure(session.send(suggestion("s1")));

            assertThat(failure)
                    .hasMessageMatching("The suggestion was not sent within PT0.5S: session test is AUTHENTICATING"
                            + " since \\S+ \\(socket open\\)");
            assertThat(failure.state()).isEqualTo(AUTHENTICATING);
            assertThat(session.status().waiting()).isZero();
        }
    }

    @Test
    void aSendDoesNotWaitForASessionThatHasBeenDownForLongerThanItWould() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url(), b -> b.sendTimeout(Duration.ofMillis(500)));
            failure(session.send(suggestion("s1")));

            Instant before = Instant.now();
            SessionUnavailableException failure = failure(session.send(suggestion("s2")));

            assertThat(failure).hasMessageStartingWith("The suggestion did not wait, after more than PT0.5S: session");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(400));
        }
    }

    @Test
    void aSuggestionWhoseWindowEndsWhileItWaitsIsNotSent() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            Instant end = Instant.now().plusMillis(300);
            SuggestFrame open = suggestion("s1");
            Future<Instant> send = session.send(new SuggestFrame(
                    open.interactionId(), "s1", "text", "HIGH", 0.9, open.start(), end, open.injectedAt()));
            awaitState(AUTHENTICATING);
            await().until(() -> Instant.now().isAfter(end));

            server.letIn();

            assertThat(failure(send))
                    .hasMessageStartingWith("The context window of the suggestion ended before it could be sent");
            assertThat(server.frames).containsExactly(AUTH);
        }
    }

    @Test
    void moreSendsThanMayWaitAreRefusedAtOnce() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url(), b -> b.maxWaiting(2));
            session.send(suggestion("s1"));
            session.send(suggestion("s2"));

            Future<Instant> third = session.send(suggestion("s3"));

            assertThat(third.failed()).isTrue();
            assertThat(third.cause()).hasMessageStartingWith("2 sends wait already, the suggestion was refused:");
        }
    }

    @Test
    void aPeerThatReadsNothingFillsTheQueueAndNotTheMemory() {
        try (var server = new FrozenServer(vertx)) {
            start(server.url(), b -> b.maxWaiting(50).sendTimeout(Duration.ofSeconds(30)));
            awaitState(READY);
            List<Future<Instant>> sends = new ArrayList<>();
            String large = "x".repeat(500_000);
            await().pollInterval(Duration.ofMillis(2)).until(() -> {
                SuggestFrame s = suggestion("s");
                sends.add(session.send(new SuggestFrame(
                        s.interactionId(), s.id(), large, "LOW", 1, s.start(), s.end(), s.injectedAt())));
                return sends.get(sends.size() - 1).failed();
            });
            assertThat(session.status().waiting()).isEqualTo(50);

            TestServer.await(session.stop());

            assertThat(sends).allMatch(Future::isComplete);
            assertThat(session.status().waiting()).isZero();
        }
    }

    @Test
    void whatWaitsSurvivesADropAndGoesOutOnTheNextSocket() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            Future<Instant> send = session.send(suggestion("s1"));
            await().until(() -> server.frames.size() == 1);
            server.latest().close((short) 1011);
            await().until(() -> server.frames.size() == 2);
            server.letIn();

            TestServer.await(send);
            await().untilAsserted(() -> assertThat(server.frames)
                    .containsExactly(AUTH, AUTH, suggestion("s1").toJson()));
        }
    }

    @Test
    void aStoppedSessionRefuses() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            Future<Void> stop = session.stop();
            SessionUnavailableException draining = failure(session.send(suggestion("s1")));
            TestServer.await(stop);

            assertThat(failure(session.send(suggestion("s2"))).state()).isEqualTo(CLOSED);
            assertThat(draining).hasMessageStartingWith("The suggestion was refused: session test is ");
            assertThat(server.frames).containsExactly(AUTH);
        }
    }

    @Test
    void whatWaitedWhenTheSessionStopsFails() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            Future<Instant> send = session.send(suggestion("s1"));
            await().until(() -> server.frames.size() == 1);
            TestServer.await(session.stop());

            assertThat(failure(send)).hasMessageStartingWith("The session stopped before the suggestion was sent");
            assertThat(server.frames).containsExactly(AUTH);
        }
    }

    @Test
    void aListenerThatThrowsDoesNotStopTheSendsBehindIt() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            session.send(suggestion("s1")).onComplete(done -> {
                throw new IllegalStateException("listener");
            });
            Future<Instant> second = session.send(suggestion("s2"));
            await().until(() -> server.frames.size() == 1);
            server.letIn();

            TestServer.await(second);
        }
    }
}
