package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.AUTHENTICATING;
import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of suggestions whose connection goes before their answer comes. */
class SessionResendTest extends SessionFixture {

    @Test
    void whatWasNotAcknowledgedGoesOutAgainFirstAndInItsOrder() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b);
            for (int i = 1; i <= 5; i++) {
                TestServer.await(session.send(suggestion("s" + i)));
            }
            await().until(() -> server.suggestions().size() == 5);
            server.answer("ack", "s2");
            server.answer("accepted", "s4");
            server.answer("dismissed", "s5");
            await().until(() -> session.status().inFlight() == 2);
            dropAndAwaitTheNext(server);
            Future<Instant> waited = session.send(suggestion("s6"));
            server.letIn();

            TestServer.await(waited);
            await().untilAsserted(() ->
                    assertThat(server.suggestions()).containsExactly("s1", "s2", "s3", "s4", "s5", "s1", "s3", "s6"));
            assertThat(server.frames.get(7)).isEqualTo(suggestion("s1").toJson());
            assertThat(session.status())
                    .extracting(SessionStatus::sent, SessionStatus::resent, SessionStatus::reconnects)
                    .containsExactly(6L, 2L, 1L);
        }
    }

    @Test
    void whatWasLateOnceGoesOutAgainOnTheNextConnection() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b.ackTimeout(Duration.ofMillis(100)));
            TestServer.await(session.send(suggestion("s1")));
            await().until(() -> session.status().unacknowledged() == 1);
            dropAndAwaitTheNext(server);
            server.letIn();

            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1", "s1"));
        }
    }

    @Test
    void whatWasLateTakesNoRoomInTheWindow() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b.ackTimeout(Duration.ofMillis(100)).inFlight(1));
            TestServer.await(session.send(suggestion("s1")));
            TestServer.await(session.send(suggestion("s2")));

            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1", "s2"));
            await().until(() -> session.status().inFlight() == 0);
        }
    }

    @Test
    void theOrderSurvivesADropInTheMiddle() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b);
            TestServer.await(session.send(suggestion("s1")));
            TestServer.await(session.send(suggestion("s2")));
            for (int drops = 1; drops <= 3; drops++) {
                dropAndAwaitTheNext(server);
                server.letIn();
                int expected = 2 * (drops + 1);
                await().untilAsserted(() -> assertThat(server.suggestions()).hasSize(expected));
            }

            assertThat(server.suggestions()).containsExactly("s1", "s2", "s1", "s2", "s1", "s2", "s1", "s2");
        }
    }

    @Test
    void whatIsResentIsHeldToTheAckDeadlineAnew() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b.ackTimeout(Duration.ofMillis(300)));
            TestServer.await(session.send(suggestion("s1")));
            dropAndAwaitTheNext(server);
            // longer than the ack may take: an outage is not the fault of the suggestion
            await().during(Duration.ofMillis(500))
                    .until(() ->
                            session.status().inFlight() == 1 && session.status().unacknowledged() == 0);
            server.letIn();

            await().until(() -> server.suggestions().size() == 2);
            await().until(() -> session.status().inFlight() == 0);
            assertThat(session.status().unacknowledged()).isEqualTo(1);
            assertThat(server.suggestions()).containsExactly("s1", "s1");
        }
    }

    @Test
    void whoAwaitsTheAnswerIsNotKeptForTheWholeOutageAndTheFrameIsNotSentAgain() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b.ackTimeout(Duration.ofMillis(300)));
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            dropAndAwaitTheNext(server);

            assertThat(failure(acknowledged))
                    .hasMessageStartingWith("The suggestion was not acknowledged within PT0.3S:");
            server.letIn();
            TestServer.await(session.send(suggestion("s2")));
            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1", "s2"));
        }
    }

    @Test
    void whoAwaitsTheAnswerGetsItFromTheNextConnection() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b);
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            dropAndAwaitTheNext(server);
            server.letIn();
            await().until(() -> server.suggestions().size() == 2);
            assertThat(acknowledged.isComplete()).isFalse();

            server.answer("ack", "s1");

            TestServer.await(acknowledged);
        }
    }

    @Test
    void nothingGoesOutAgainAfterItsContextWindow() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b);
            Instant end = Instant.now().plusMillis(600);
            TestServer.await(session.send(suggestion("s1", end)));
            dropAndAwaitTheNext(server);
            await().until(() -> session.status().inFlight() == 0);
            assertThat(Instant.now()).isAfter(end);
            assertThat(session.status().unacknowledged()).isEqualTo(1);
            server.letIn();
            TestServer.await(session.send(suggestion("s2")));

            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1", "s2"));
        }
    }

    @Test
    void thePolicyCanBeSwitchedOff() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b.resendUnacknowledged(false)
                    .ackTimeout(Duration.ofMillis(500))
                    .ackRetries(5));
            TestServer.await(session.send(suggestion("s1")));
            await().until(() -> server.suggestions().size() == 1);
            dropAndAwaitTheNext(server);
            server.letIn();
            TestServer.await(session.send(suggestion("s2")));
            server.answer("ack", "s2");

            await().until(() -> session.status().inFlight() == 0);
            assertThat(server.suggestions()).containsExactly("s1", "s2");
            assertThat(session.status().unacknowledged()).isEqualTo(1);
            assertThat(session.status().resent()).isZero();
        }
    }

    @Test
    void anAnswerToAnOlderConnectionIsHeardOnTheNewOne() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b.resendUnacknowledged(false));
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            dropAndAwaitTheNext(server);
            server.letIn();
            server.answer("ack", "s1");

            TestServer.await(acknowledged);
            assertThat(server.suggestions()).containsExactly("s1");
        }
    }

    @Test
    void aWriteThatWasUnderWayIsDoneOnTheNextConnection() {
        try (var server = new FrozenServer(vertx)) {
            start(server.url(), b -> b.sendTimeout(Duration.ofSeconds(30)));
            awaitState(READY);
            List<Future<Instant>> sends = fillTheSocket();
            assertThat(sends).anyMatch(send -> !send.isComplete());

            server.thaw();
            server.drop();
            sends.forEach(TestServer::await);

            List<String> all =
                    IntStream.range(0, sends.size()).mapToObj(i -> "s" + i).toList();
            await().untilAsserted(() -> assertThat(server.suggestions()).isEqualTo(all));
            assertThat(session.status().sent()).isEqualTo(sends.size());
        }
    }

    @Test
    void aWriteThatWasUnderWayFailsWhereTheNextConnectionComesTooLateAndIsNotSentAgain() {
        try (var server = new FrozenServer(vertx)) {
            start(server.url(), b -> b.sendTimeout(Duration.ofMillis(500))
                    .backoff(new Backoff(Duration.ofMillis(3000), Duration.ofMillis(3000))));
            awaitState(READY);
            List<Future<Instant>> sends = fillTheSocket();
            server.thaw();
            server.drop();
            await().until(() -> sends.stream().allMatch(Future::isComplete));
            List<Integer> failed = IntStream.range(0, sends.size())
                    .filter(i -> sends.get(i).failed())
                    .boxed()
                    .toList();
            assertThat(sends)
                    .filteredOn(Future::failed)
                    .extracting(Future::cause)
                    .extracting(Throwable::getMessage)
                    .allMatch(message -> message.startsWith("The suggestion may not have left, and was not sent again")
                            || message.startsWith("The suggestion was not sent within PT0.5S"))
                    .anyMatch(message -> message.startsWith("The suggestion may not have left"));

            await().until(() -> recorder.count(READY) == 2);
            TestServer.await(session.send(suggestion("last")));
            await().until(() -> server.suggestions().contains("last"));
            List<String> expected = new ArrayList<>(IntStream.range(0, sends.size())
                    .filter(i -> !failed.contains(i))
                    .mapToObj(i -> "s" + i)
                    .toList());
            expected.add("last");
            assertThat(server.suggestions()).isEqualTo(expected);
        }
    }

    @Test
    void withoutThePolicyAWriteThatWasUnderWayFailsAtOnce() {
        try (var server = new FrozenServer(vertx)) {
            start(server.url(), b -> b.resendUnacknowledged(false).sendTimeout(Duration.ofSeconds(30)));
            awaitState(READY);
            List<Future<Instant>> sends = fillTheSocket();
            server.thaw();
            server.drop();
            await().until(() -> sends.stream().allMatch(Future::isComplete));

            assertThat(sends)
                    .filteredOn(Future::failed)
                    .isNotEmpty()
                    .extracting(Future::cause)
                    .extracting(Throwable::getMessage)
                    .allMatch(message -> message.startsWith("The suggestion may not have left: session test is"));
        }
    }

    @Test
    void aStopInAnOutageFailsWhoeverWaitsForAnAnswer() {
        try (var server = new LateAuthServer(vertx)) {
            ready(server, b -> b);
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> server.suggestions().size() == 1);
            dropAndAwaitTheNext(server);
            TestServer.await(session.stop());

            assertThat(failure(acknowledged))
                    .hasMessageStartingWith("The session stopped before the suggestion was acknowledged:");
            assertThat(session.timers().running()).isZero();
            assertThat(server.suggestions()).containsExactly("s1");
        }
    }

    /** Until one more has to wait. */
    private List<Future<Instant>> fillTheSocket() {
        List<Future<Instant>> sends = new ArrayList<>();
        await().pollInterval(Duration.ofMillis(20)).until(() -> {
            sends.add(session.send(large("s" + sends.size())));
            return session.status().waiting() > 3;
        });
        return sends;
    }

    private void ready(LateAuthServer server, UnaryOperator<SessionConfigBuilder> options) {
        start(server.url(), options);
        awaitState(AUTHENTICATING);
        await().until(() -> server.frames.size() == 1);
        server.letIn();
        awaitState(READY);
    }

    private void dropAndAwaitTheNext(LateAuthServer server) {
        int before = (int) server.frames.stream().filter(AUTH::equals).count();
        server.drop();
        await().until(() -> server.frames.stream().filter(AUTH::equals).count() == before + 1);
    }
}
