package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.AUTHENTICATING;
import static io.github.cxoneassist.session.SessionState.BACKING_OFF;
import static io.github.cxoneassist.session.SessionState.CLOSED;
import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.AccessToken;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a connection, and a session, come to their end. */
class SessionEndingTest extends SessionFixture {

    @ParameterizedTest
    @ValueSource(ints = {1008, 4401, 4403})
    void aPeerThatClosesForTheTokensSakeCausesAFreshOne(int code) {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            server.latest().close((short) code, "token revoked");
            await().until(() -> recorder.count(READY) == 2);

            assertThat(server.frames).containsExactly(AUTH, "{\"type\":\"auth\",\"token\":\"T0K3N-2\"}");
            assertThat(recorder.latest(BACKING_OFF).kind()).isEqualTo(SessionEvent.Kind.AUTHENTICATION);
            assertThat(recorder.latest(BACKING_OFF).reason())
                    .isEqualTo("closed by the peer with code " + code + " (token revoked); next attempt in PT0S");
            assertThat(recorder.latest(BACKING_OFF).auditEvents()).containsExactly("disconnected", "auth_failed");
        }
    }

    @Test
    void aConnectionThatLastedLetsTheBackoffStartAnew() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.stableAfter(Duration.ofMillis(200)));
            for (int refusals = 1; refusals <= 3; refusals++) {
                int ready = refusals;
                await().until(() -> recorder.count(READY) == ready);
                // the timer that was set at READY is the first of two that fire at this moment
                await().pollDelay(Duration.ofMillis(300)).until(() -> true);
                server.latest().close((short) 4401);
            }

            // the second refusal in a row would wait for a minute
            await().until(() -> recorder.count(READY) == 4);
        }
    }

    @Test
    void aConnectionThatDidNotLastDoesNot() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.stableAfter(Duration.ofMinutes(1)));
            awaitState(READY);
            server.latest().close((short) 4401);
            await().until(() -> recorder.count(READY) == 2);
            server.latest().close((short) 4401);

            await().until(() -> recorder.count(BACKING_OFF) == 2);
            assertThat(recorder.latest(BACKING_OFF).reason()).contains("next attempt in PT1M");
        }
    }

    @Test
    void aHalfOpenConnectionIsNoticedWithinThreePingIntervalsAndNothingIsLost() {
        Duration interval = Duration.ofMillis(500);
        try (var server = new TestServer(vertx);
                var proxy = new SwallowingProxy(vertx, server.url())) {
            // an attempt that begins before the proxy passes on again is swallowed too, and must not be waited for
            Duration second = Duration.ofSeconds(1);
            start(
                    proxy.url(),
                    b -> b.pingInterval(interval).handshakeTimeout(second).authTimeout(second));
            awaitState(READY);
            await().pollDelay(Duration.ofMillis(1200)).until(() -> recorder.count(READY) == 1);
            proxy.swallow();
            Instant silent = Instant.now();
            TestServer.await(session.send(suggestion("s1")));
            await().until(() -> recorder.count(BACKING_OFF) == 1);
            proxy.passOn();

            // and what a busy machine needs to run a timer
            assertThat(Duration.between(silent, recorder.latest(BACKING_OFF).at()))
                    .isLessThan(interval.multipliedBy(3).plusMillis(400));
            assertThat(recorder.latest(BACKING_OFF).reason()).startsWith("no sign of life after 2 pings, PT0.5S apart");
            await().until(() -> recorder.count(READY) >= 2);
            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1"));
        }
    }

    @Test
    void aTokenStageThatNeverCompletesIsGivenUpAndItsLateTokenOpensNothing() {
        List<CompletableFuture<AccessToken>> stages = new ArrayList<>();
        try (var server = new TestServer(vertx)) {
            recorder.source = () -> {
                synchronized (stages) {
                    stages.add(new CompletableFuture<>());
                    return stages.get(stages.size() - 1);
                }
            };
            start(server.url(), b -> b.tokenTimeout(Duration.ofMillis(200)));
            await().until(() -> recorder.count(BACKING_OFF) >= 2);
            assertThat(recorder.latest(BACKING_OFF).reason()).startsWith("no access token within PT0.2S");

            synchronized (stages) {
                stages.get(0).complete(new AccessToken("T0K3N-0", Instant.now().plusSeconds(600)));
            }
            await().during(Duration.ofMillis(200)).until(server.sockets::isEmpty);
            recorder.source = null;
            awaitState(READY);
            assertThat(server.frames).containsExactly(AUTH);
        }
    }

    @Test
    void aStopWhileTheTokenIsAwaitedLeavesNoTimerAndItsLateTokenOpensNothing() {
        CompletableFuture<AccessToken> late = new CompletableFuture<>();
        try (var server = new TestServer(vertx)) {
            recorder.source = () -> late;
            start(server.url());
            await().until(() -> recorder.asked.get() == 1);
            TestServer.await(session.stop());
            late.complete(new AccessToken("T0K3N-1", Instant.now().plusSeconds(600)));

            assertThat(session.timers().running()).isZero();
            await().during(Duration.ofMillis(200)).until(server.sockets::isEmpty);
            assertThat(session.status().state()).isEqualTo(CLOSED);
        }
    }

    @Test
    void aStopWhileDiallingLeavesNoSocketAndNoTimer() throws IOException {
        try (var server = new UnacceptingServer()) {
            start(server.url());
            await().until(() -> recorder.asked.get() == 1);
            TestServer.await(session.stop());

            assertThat(session.timers().running()).isZero();
            assertThat(session.status().state()).isEqualTo(CLOSED);
        }
    }

    @Test
    void aStopWhileAuthenticatingLeavesNoSocketAndNoTimer() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            awaitState(AUTHENTICATING);
            TestServer.await(session.stop());

            assertThat(session.timers().running()).isZero();
            await().untilAsserted(() -> assertThat(server.open).hasValue(0));
        }
    }

    @Test
    void aDrainThatTakesTooLongIsCutShort() {
        try (var server = new FrozenServer(vertx)) {
            start(server.url(), b -> b.drainTimeout(Duration.ofMillis(400)).sendTimeout(Duration.ofMinutes(1)));
            awaitState(READY);
            List<Future<Instant>> sends = new ArrayList<>();
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                sends.add(session.send(large("s" + sends.size())));
                return session.status().waiting() > 3;
            });
            Instant before = Instant.now();
            TestServer.await(session.stop());

            assertThat(Duration.between(before, Instant.now()))
                    .isBetween(Duration.ofMillis(390), Duration.ofMillis(3000));
            assertThat(sends).allMatch(Future::isComplete);
            assertThat(sends)
                    .filteredOn(Future::failed)
                    .extracting(Future::cause)
                    .extracting(Throwable::getMessage)
                    .anyMatch(message -> message.startsWith("The session stopped before the suggestion was sent"))
                    .anyMatch(message -> message.startsWith("The suggestion may not have left"));
            assertThat(session.timers().running()).isZero();
        }
    }

    @Test
    void aSessionWhoseVertxIsGoneRefusesAndStopsAtOnce() throws Exception {
        Vertx doomed = Vertx.vertx();
        try (var server = new TestServer(vertx)) {
            AssistSession orphan = new AssistSession(
                    "orphan",
                    SessionConfig.builder(server.url()).build(),
                    recorder,
                    doomed,
                    Clock.systemUTC(),
                    new Random(1),
                    recorder);
            orphan.start();
            await().until(() -> orphan.status().state() == READY);
            TestServer.await(doomed.close());

            Future<Instant> send = orphan.send(suggestion("s1"));
            assertThat(send.cause()).hasMessageStartingWith("The suggestion was refused: session orphan is ");
            assertThat(orphan.sendAndAwaitAck(suggestion("s2")).failed()).isTrue();
            orphan.stop().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
            assertThat(orphan.status().waiting()).isZero();
        }
    }
}
