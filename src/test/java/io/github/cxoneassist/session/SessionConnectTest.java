package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.AUTHENTICATING;
import static io.github.cxoneassist.session.SessionState.BACKING_OFF;
import static io.github.cxoneassist.session.SessionState.CLOSED;
import static io.github.cxoneassist.session.SessionState.CONNECTING;
import static io.github.cxoneassist.session.SessionState.DRAINING;
import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionConnectTest extends SessionFixture {

    @Test
    void theStatesFollowTheConnectionFromStartToStop() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            TestServer.await(session.stop());

            assertThat(recorder.states()).containsExactly(CONNECTING, AUTHENTICATING, READY, DRAINING, CLOSED);
            assertThat(server.frames).containsExactly(AUTH);
            await().untilAsserted(() -> assertThat(server.closeCodes).containsExactly(1000));
            await().untilAsserted(() -> assertThat(server.open).hasValue(0));
            assertThat(session.timers().running()).isZero();
        }
    }

    @Test
    void anAbruptDropLeadsToOneNewSocketAtATime() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            for (int drops = 1; drops <= 20; drops++) {
                int ready = drops;
                await().until(() -> recorder.count(READY) == ready);
                ((io.vertx.core.http.impl.WebSocketInternal) server.latest())
                        .channelHandlerContext()
                        .close();
            }
            await().until(() -> recorder.count(READY) == 21);

            assertThat(server.mostOpen).hasValue(1);
            assertThat(server.sockets).hasSize(21);
            assertThat(recorder.latest(BACKING_OFF).reason()).startsWith("closed by the peer with code 1006");
        }
    }

    @Test
    void aRefusedTokenIsReplacedAtOnceAndThenTheSlowScaleApplies() {
        try (var log = new CapturedLog();
                var server = new RefusingAuthServer(vertx)) {
            start(server.url());
            await().until(() -> recorder.count(BACKING_OFF) == 2);

            assertThat(server.frames).containsExactly(AUTH, "{\"type\":\"auth\",\"token\":\"T0K3N-2\"}");
            assertThat(server.closeCodes).containsExactly(1008, 1008);
            assertThat(server.mostOpen).hasValue(1);
            assertThat(recorder.invalidated).hasSize(2);
            assertThat(recorder.count(READY)).isZero();
            SessionEvent latest = recorder.latest(BACKING_OFF);
            assertThat(latest.kind()).isEqualTo(SessionEvent.Kind.AUTHENTICATION);
            assertThat(latest.reason()).startsWith("auth.failure: bad token ***; next attempt in PT1M");
            assertThat(log.text() + recorder.events).doesNotContain("T0K3N-1", "T0K3N-2");
        }
    }

    @Test
    void aTokenThatIsQuotedInACloseFrameIsInNoReasonAndNoLog() {
        try (var log = new CapturedLog();
                var server = new QuotingCloseServer(vertx)) {
            start(server.url());
            await().until(() -> recorder.count(BACKING_OFF) == 2);

            assertThat(recorder.latest(BACKING_OFF).reason())
                    .startsWith("closed by the peer with code 1008 (no good: ***); next attempt in PT1M");
            assertThat(log.text() + recorder.events).doesNotContain("T0K3N-1", "T0K3N-2");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void anUpgradeThatIsForbiddenCountsAsARefusedToken(int status) {
        try (var server = new RefusingUpgradeServer(vertx, status, null)) {
            start(server.url());
            await().until(() -> recorder.count(BACKING_OFF) == 2);

            assertThat(server.upgrades).hasValue(2);
            assertThat(recorder.invalidated).hasSize(2);
            assertThat(recorder.latest(BACKING_OFF).kind()).isEqualTo(SessionEvent.Kind.AUTHENTICATION);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void retryAfterIsTheLeastDelay(int status) {
        try (var server = new RefusingUpgradeServer(vertx, status, "3600")) {
            start(server.url());
            awaitState(BACKING_OFF);

            SessionEvent event = recorder.latest(BACKING_OFF);
            assertThat(event.kind()).isEqualTo(SessionEvent.Kind.THROTTLED);
            assertThat(event.reason()).startsWith("upgrade refused with status " + status + "; next attempt in PT1H");
        }
    }

    @Test
    void aConnectionThatIsNeverAcceptedIsGivenUp() throws IOException {
        try (var server = new UnacceptingServer()) {
            start(server.url(), b -> b.connectTimeout(Duration.ofMillis(200)));

            await().until(() -> recorder.count(BACKING_OFF) >= 2);
            assertThat(recorder.latest(BACKING_OFF).kind()).isEqualTo(SessionEvent.Kind.NETWORK);
        }
    }

    @Test
    void aMuteHandshakeIsGivenUpAndItsLateAnswerChangesNothing() {
        try (var server = new MuteHandshakeServer(vertx)) {
            start(server.url(), b -> b.handshakeTimeout(Duration.ofMillis(300)));
            await().until(() -> server.pending() >= 2);
            server.answerFirst();
            server.answerLatest();

            awaitState(READY);
            assertThat(server.mostOpen).hasValue(1);
            await().untilAsserted(() -> assertThat(server.open).hasValue(1));
        }
    }

    @Test
    void aMuteAnswerToTheAuthFrameIsGivenUp() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url(), b -> b.authTimeout(Duration.ofMillis(200)));

            await().until(() -> recorder.count(BACKING_OFF) >= 2);
            assertThat(recorder.latest(BACKING_OFF).reason()).startsWith("no answer to the auth frame within PT0.2S");
            assertThat(server.mostOpen).hasValue(1);
        }
    }

    @Test
    void aPeerThatStopsAnsweringPingsIsLeft() {
        try (var server = new FrozenServer(vertx)) {
            start(server.url(), b -> b.pingInterval(Duration.ofMillis(50)).missedPings(2));

            await().until(() -> recorder.count(READY) >= 2);
            assertThat(recorder.latest(BACKING_OFF).reason())
                    .startsWith("no sign of life after 2 pings, PT0.05S apart");
        }
    }

    @Test
    void aPeerThatAnswersPingsIsKept() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.pingInterval(Duration.ofMillis(20)).missedPings(1));
            awaitState(READY);

            await().during(Duration.ofMillis(500)).until(() -> recorder.count(READY) == 1);
        }
    }

    @Test
    void aStopDuringTheHandshakeLeavesNoSocketAndNoTimer() {
        try (var server = new MuteHandshakeServer(vertx)) {
            start(server.url());
            await().until(() -> server.pending() == 1);
            TestServer.await(session.stop());

            assertThat(session.status().state()).isEqualTo(CLOSED);
            assertThat(session.timers().running()).isZero();
            await().untilAsserted(() -> assertThat(server.open).hasValue(0));
        }
    }

    @Test
    void aStopWhileBackingOffLeavesNoSocketAndNoTimer() {
        try (var server = new RefusingUpgradeServer(vertx, 503, "3600")) {
            start(server.url());
            awaitState(BACKING_OFF);
            TestServer.await(session.stop());

            assertThat(session.timers().running()).isZero();
            assertThat(recorder.states()).endsWith(BACKING_OFF, DRAINING, CLOSED);
            await().untilAsserted(() -> assertThat(server.open).hasValue(0));
        }
    }

    @Test
    void aStopDoesNotWaitForAPeerThatNeverEchoesTheClose() {
        try (var server = new FrozenServer(vertx)) {
            start(server.url());
            awaitState(READY);
            TestServer.await(session.stop());

            assertThat(session.timers().running()).isZero();
            assertThat(session.status().state()).isEqualTo(CLOSED);
        }
    }

    @Test
    void aTokenThatNeverComesIsGivenUpAndTriedAgain() {
        recorder.tokenFailure = new IllegalStateException("broken bean");
        try (var server = new TestServer(vertx)) {
            start(server.url());
            await().until(() -> recorder.count(BACKING_OFF) >= 2);
            assertThat(server.sockets).isEmpty();
            recorder.tokenFailure = null;

            awaitState(READY);
        }
    }

    @Test
    void stoppingASessionThatNeverStartedIsDoneAtOnce() {
        create(java.net.URI.create("ws://localhost:1/"), b -> b);

        TestServer.await(session.stop());
        TestServer.await(session.stop());

        assertThat(recorder.events).isEmpty();
    }
}
