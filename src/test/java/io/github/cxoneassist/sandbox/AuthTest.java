package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthTest extends SandboxTestBase {

    @Test
    void aGoodTokenIsAnsweredWithSuccessAndIsNoViolation() {
        var sandbox = start();
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.referee().violations()).isEmpty();
        assertThat(sandbox.referee().framesBeforeAuthSuccess()).isEmpty();
        assertThat(sandbox.referee().sockets().get(0).clientId()).isEqualTo("sandbox-client");
    }

    @Test
    void anUnknownTokenIsAnsweredWithFailureAndClosingWith1008IsNoViolation() {
        var sandbox = start();
        var client = TestClient.connect(vertx, sandbox);
        client.auth("never-issued");
        assertThat(client.heard(0).path("type").textValue()).isEqualTo("auth.failure");
        assertThat(client.heard(0).path("message").textValue()).isNotBlank();

        client.close(1008);

        eventually(
                () -> assertThat(sandbox.referee().sockets().get(0).closeCode()).isEqualTo(1008));
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void anExpiredTokenIsAnsweredWithFailure() {
        var clock = new SettableClock(Instant.parse("2026-11-22T08:00:00Z"));
        var sandbox = start(SandboxConfig.builder()
                .clock(clock)
                .tokenLifetime(Duration.ofSeconds(30))
                .build());
        var token = sandbox.issueToken();

        clock.now = clock.now.plusSeconds(29);
        var early = TestClient.connect(vertx, sandbox);
        early.auth(token);
        assertThat(early.heard(0).path("type").textValue()).isEqualTo("auth.success");
        early.close(1000);

        clock.now = clock.now.plusSeconds(1);
        var late = TestClient.connect(vertx, sandbox);
        late.auth(token);
        assertThat(late.heard(0).path("type").textValue()).isEqualTo("auth.failure");
    }

    @Test
    void rejectedTokensAreUnknownAndNewOnesAreNot() {
        var sandbox = start();
        var token = sandbox.issueToken();
        sandbox.rejectTokens();
        var client = TestClient.connect(vertx, sandbox);
        client.auth(token);
        assertThat(client.heard(0).path("type").textValue()).isEqualTo("auth.failure");
        client.close(1008);
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void closingWithAnotherCodeAfterAuthFailureIsAViolation() {
        var sandbox = start();
        var client = TestClient.connect(vertx, sandbox);
        client.auth("never-issued");
        client.awaitHeard(1);
        client.close(1000);
        eventually(() -> assertThat(sandbox.referee().violations())
                .extracting(Violation::kind)
                .containsExactly(Kind.NOT_CLOSED_WITH_1008_AFTER_AUTH_FAILURE));
    }

    @Test
    void notClosingAfterAuthFailureIsAViolationAndEndsTheConnection() {
        var sandbox =
                start(SandboxConfig.builder().patience(Duration.ofMillis(100)).build());
        var client = TestClient.connect(vertx, sandbox);
        client.auth("never-issued");
        assertThat(client.awaitClosed()).isEqualTo(1006);
        assertThat(sandbox.referee().violations())
                .extracting(Violation::kind)
                .containsExactly(Kind.NOT_CLOSED_WITH_1008_AFTER_AUTH_FAILURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"type\":\"agentassist.suggest\"}",
                "{\"type\":\"auth\",\"type\":\"auth\"}",
                "{\"token\":\"x\"}"
            })
    void aFirstFrameThatIsNoAuthFrameIsRecordedAndTheConnectionDropped(String frame) {
        var sandbox = start();
        var client = TestClient.connect(vertx, sandbox);
        client.say(frame);
        assertThat(client.awaitClosed()).isEqualTo(1006);
        assertThat(client.heard()).isEmpty();
        assertThat(sandbox.referee().violations())
                .extracting(Violation::kind)
                .containsExactly(Kind.FRAME_BEFORE_AUTH_SUCCESS);
        assertThat(sandbox.referee().framesBeforeAuthSuccess())
                .extracting(Frame::text)
                .containsExactly(frame);
    }

    @Test
    void aBinaryFirstFrameIsRecordedAndTheConnectionDropped() {
        var sandbox = start();
        var client = TestClient.connect(vertx, sandbox);
        client.sayBinary("abc");
        assertThat(client.awaitClosed()).isEqualTo(1006);
        assertThat(sandbox.referee().framesBeforeAuthSuccess())
                .extracting(Frame::text)
                .containsExactly("<binary, 3 bytes>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"auth\"}",
                "{\"type\":\"auth\",\"token\":5}",
                "{\"type\":\"auth\",\"token\":\" \"}",
                "{\"type\":\"auth\",\"token\":\"x\",\"client\":\"me\"}"
            })
    void anAuthFrameThatHasNotExactlyItsTwoFieldsIsRecordedAndTheConnectionDropped(String frame) {
        var sandbox = start();
        var client = TestClient.connect(vertx, sandbox);
        client.say(frame);
        assertThat(client.awaitClosed()).isEqualTo(1006);
        assertThat(sandbox.referee().violations()).extracting(Violation::kind).containsExactly(Kind.WRONG_AUTH_FRAME);
    }

    @Test
    void aFrameBetweenAuthAndItsAnswerIsRecordedAndTheConnectionDropped() {
        var sandbox = startWith(new Stall(Occasion.AUTH).always());
        var client = TestClient.connect(vertx, sandbox);
        client.auth(sandbox.issueToken());
        client.say(Frames.suggest("i", "s"));
        assertThat(client.awaitClosed()).isEqualTo(1006);
        assertThat(sandbox.referee().violations())
                .extracting(Violation::kind)
                .containsExactly(Kind.FRAME_BEFORE_AUTH_SUCCESS);
        assertThat(sandbox.referee().suggestions()).isEmpty();
    }

    @Test
    void aSecondAuthFrameOnAnOpenSocketIsAnsweredTheSameWay() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.auth(sandbox.issueToken());
        assertThat(client.heard(1).path("type").textValue()).isEqualTo("auth.success");
        client.auth("never-issued");
        assertThat(client.heard(2).path("type").textValue()).isEqualTo("auth.failure");
        client.close(1008);
        eventually(() -> assertThat(sandbox.referee().openSockets()).isZero());
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void suggestionsGoOnWhileARenewalIsUnderWay() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        sandbox.play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        client.auth(sandbox.issueToken());
        client.say(Frames.suggest("i", "s"));
        eventually(() -> assertThat(sandbox.referee().sends("s")).isEqualTo(1));
        agent.ack("s");
        assertThat(client.heard(1).path("type").textValue()).isEqualTo("agentassist.ack");
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void aSuggestionThatCrossesTheRefusalOfARenewalIsNotTakenAndIsNoViolation() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.auth("never-issued");
        client.say(Frames.suggest("i", "s"));
        client.awaitHeard(2);
        client.close(1008);
        eventually(() -> assertThat(sandbox.referee().openSockets()).isZero());
        assertThat(sandbox.referee().suggestions()).isEmpty();
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    static final class SettableClock extends Clock {
        volatile Instant now;

        SettableClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
