package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written and not acknowledged: how many, for how long, and who is told. */
class SessionWindowTest extends SessionFixture {

    @ParameterizedTest
    @ValueSource(strings = {"ack", "accepted", "dismissed"})
    void aFullWindowMakesSendsWaitUntilAnAnswerMakesRoom(String answer) {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.inFlight(2));
            awaitState(READY);
            TestServer.await(session.send(suggestion("s1")));
            TestServer.await(session.send(suggestion("s2")));
            Future<Instant> third = session.send(suggestion("s3"));
            Future<Instant> fourth = session.send(suggestion("s4"));
            await().during(Duration.ofMillis(200)).until(() -> server.frames.size() == 3);
            assertThat(session.status().inFlight()).isEqualTo(2);
            assertThat(session.status().waiting()).isEqualTo(2);

            server.answer(answer, "s1");

            TestServer.await(third);
            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1", "s2", "s3"));
            assertThat(fourth.isComplete()).isFalse();
            assertThat(session.status().inFlight()).isEqualTo(2);
        }
    }

    @Test
    void anAnswerToSomethingElseMakesNoRoom() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.inFlight(1).sendTimeout(Duration.ofMillis(400)));
            awaitState(READY);
            TestServer.await(session.send(suggestion("s1")));
            Future<Instant> second = session.send(suggestion("s2"));
            server.answer("ack", "s2");
            server.answer("ack", "unknown");
            server.answer("seen", "s1");

            assertThat(failure(second)).hasMessageStartingWith("The suggestion was not sent within PT0.4S: session");
            assertThat(server.suggestions()).containsExactly("s1");
        }
    }

    @Test
    void theTimeOutOfAFullWindowCountsFromWhenItHadRoomLast() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.inFlight(1).sendTimeout(Duration.ofMillis(500)));
            awaitState(READY);
            TestServer.await(session.send(suggestion("s1")));
            failure(session.send(suggestion("s2")));

            Instant before = Instant.now();
            SessionUnavailableException failure = failure(session.send(suggestion("s3")));

            assertThat(failure).hasMessageStartingWith("The suggestion did not wait, after more than PT0.5S: session");
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(400));

            server.answer("ack", "s1");
            await().until(() -> session.status().inFlight() == 0);
            TestServer.await(session.send(suggestion("s4")));
        }
    }

    @Test
    void theEndOfItsContextWindowTakesASuggestionOutAndMakesRoom() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.inFlight(1));
            awaitState(READY);
            Future<Instant> acknowledged =
                    session.sendAndAwaitAck(suggestion("s1", Instant.now().plusMillis(400)));

            TestServer.await(session.send(suggestion("s2")));

            assertThat(failure(acknowledged))
                    .hasMessageStartingWith("The context window of the suggestion ended before it was acknowledged:");
            assertThat(session.status().unacknowledged()).isEqualTo(1);
        }
    }

    @Test
    void whatIsNotAcknowledgedInTimeIsCountedOnceAndNotSentAgain() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.ackTimeout(Duration.ofMillis(200)));
            awaitState(READY);
            TestServer.await(session.send(suggestion("s1")));
            Future<Instant> awaited = session.sendAndAwaitAck(suggestion("s2"));

            assertThat(failure(awaited)).hasMessageStartingWith("The suggestion was not acknowledged within PT0.2S:");
            await().until(() -> session.status().inFlight() == 0);
            await().during(Duration.ofMillis(500)).until(() -> session.status().unacknowledged() == 2);
            assertThat(server.suggestions()).containsExactly("s1", "s2");
            assertThat(session.status().resent()).isZero();
        }
    }

    @Test
    void byPolicyItIsSentAgainSoManyTimesAndStillCountedOnce() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.ackTimeout(Duration.ofMillis(150)).ackRetries(2));
            awaitState(READY);

            assertThat(failure(session.sendAndAwaitAck(suggestion("s1"))))
                    .hasMessageStartingWith("The suggestion was not acknowledged within PT0.15S:");

            assertThat(server.suggestions()).containsExactly("s1", "s1", "s1");
            assertThat(session.status())
                    .extracting(
                            SessionStatus::sent,
                            SessionStatus::resent,
                            SessionStatus::unacknowledged,
                            SessionStatus::inFlight)
                    .containsExactly(1L, 2L, 1L, 0);
        }
    }

    @Test
    void anAcknowledgementAfterTheRetryCompletesTheSendAndEndsTheRetries() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.ackTimeout(Duration.ofMillis(300)).ackRetries(1000));
            awaitState(READY);
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() >= 2);

            server.answer("ack", "s1");

            assertThat(TestServer.await(acknowledged)).isBetween(Instant.now().minusSeconds(10), Instant.now());
            TestServer.await(session.send(suggestion("s2")));
            await().until(() -> server.suggestions().contains("s2"));
            server.answer("ack", "s2");
            await().during(Duration.ofMillis(700))
                    .until(() -> server.suggestions().lastIndexOf("s1")
                            < server.suggestions().indexOf("s2"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack", "accepted", "dismissed"})
    void aSendThatAwaitsItsAnswerCompletesWithIt(String answer) {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            await().during(Duration.ofMillis(100)).until(() -> !acknowledged.isComplete());

            server.answer(answer, "s1");

            TestServer.await(acknowledged);
            assertThat(session.status().inFlight()).isZero();
        }
    }

    @Test
    void aSendThatAwaitsItsAnswerFailsWhereItCouldNotBeSent() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url(), b -> b.sendTimeout(Duration.ofMillis(200)).maxWaiting(1));
            Future<Instant> first = session.sendAndAwaitAck(suggestion("s1"));

            assertThat(failure(session.sendAndAwaitAck(suggestion("s2"))))
                    .hasMessageStartingWith("1 sends wait already, the suggestion was refused:");
            assertThat(failure(first)).hasMessageStartingWith("The suggestion was not sent within PT0.2S:");
        }
    }

    @Test
    void theLatencyOfAnAcknowledgementThatCameTooLateIsStillTold() {
        List<InboundFrame> received = new CopyOnWriteArrayList<>();
        try (var server = new TestServer(vertx)) {
            create(server.url(), b -> b.ackTimeout(Duration.ofMillis(100)));
            session.inbound(frame -> {
                received.add(frame);
                return CompletableFuture.completedStage(null);
            });
            session.start();
            session.send(suggestion("late"));
            session.send(suggestion("decided"));
            await().until(() -> server.suggestions().size() == 2);
            server.answer("accepted", "decided");
            await().until(() -> session.status().inFlight() == 0);

            server.answer("ack", "late");
            server.answer("ack", "decided");
            server.answer("ack", "late");
            await().until(() -> received.size() == 4);

            assertThat(received.get(1).sinceSent()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(received.get(2).sinceSent()).isPositive();
            assertThat(received.get(3).sinceSent()).isNull();
        }
    }

    @Test
    void aSessionThatDoesNotReadBlamesNobodyForTheSilence() {
        try (var server = new TestServer(vertx)) {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            create(
                    server.url(),
                    b -> b.maxInbound(1).ackTimeout(Duration.ofMillis(100)).ackRetries(5));
            session.inbound(frame -> gate);
            session.start();
            awaitState(READY);
            server.answer("news", "a");
            server.answer("news", "b");
            await().until(() -> session.status().paused());
            assertThat(session.status().pausedSince()).isBetween(Instant.now().minusSeconds(10), Instant.now());
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            server.answer("ack", "s1");
            await().during(Duration.ofMillis(400))
                    .until(() -> session.status().unacknowledged() == 0 && !acknowledged.isComplete());

            gate.complete(null);

            TestServer.await(acknowledged);
            assertThat(server.suggestions()).containsExactly("s1");
            await().untilAsserted(
                            () -> assertThat(session.status().pausedSince()).isNull());
        }
    }

    @Test
    void whoAwaitsAnAnswerIsToldWhenTheSameSuggestionIsSentOnceMore() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            Future<Instant> first = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            Future<Instant> second = session.sendAndAwaitAck(suggestion("s1"));

            assertThat(failure(first))
                    .hasMessageStartingWith("The same suggestion was sent again before the answer came:");
            server.answer("ack", "s1");
            TestServer.await(second);
            assertThat(session.status().inFlight()).isZero();
        }
    }

    @Test
    void aStopWaitsForAnAnswerThatIsAwaited() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            Future<Void> stop = session.stop();
            await().during(Duration.ofMillis(200)).until(() -> !stop.isComplete());

            server.answer("ack", "s1");

            TestServer.await(acknowledged);
            TestServer.await(stop);
            assertThat(session.timers().running()).isZero();
        }
    }

    @Test
    void aStopDoesNotWaitForAnAnswerThatNobodyAwaits() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.drainTimeout(Duration.ofSeconds(14)));
            awaitState(READY);
            TestServer.await(session.send(suggestion("s1")));

            Instant before = Instant.now();
            TestServer.await(session.stop());

            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(7));
            assertThat(session.timers().running()).isZero();
            assertThat(session.status().inFlight()).isZero();
        }
    }
}
