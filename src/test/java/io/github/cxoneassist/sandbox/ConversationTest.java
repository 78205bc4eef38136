package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.sandbox.ReceivedSuggestion.Outcome;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest extends SandboxTestBase {

    private void awaitSends(SandboxCxone sandbox, String id, int times) {
        eventually(() -> assertThat(sandbox.referee().sends(id)).isEqualTo(times));
    }

    @Test
    void aCorrectConversationYieldsNoViolation() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "a"));
        client.say(Frames.suggest("i", "b"));
        awaitSends(sandbox, "b", 1);
        agent.ack("a");
        agent.accept("a");
        agent.ack("b");
        agent.dismiss("b");
        client.awaitHeard(5);
        client.close(1000);
        eventually(() -> assertThat(sandbox.referee().openSockets()).isZero());

        var referee = sandbox.referee();
        assertThat(referee.violations()).isEmpty();
        assertThat(referee.maxActive()).isEqualTo(2);
        assertThat(referee.active("i")).isZero();
        assertThat(referee.maxOpenSockets()).isEqualTo(1);
        assertThat(referee.suggestions("i"))
                .extracting(ReceivedSuggestion::id, ReceivedSuggestion::acknowledged, ReceivedSuggestion::outcome)
                .containsExactly(tuple("a", true, Outcome.ACCEPTED), tuple("b", true, Outcome.DISMISSED));
        assertThat(referee.frameCount(Frame.Direction.IN)).isEqualTo(3);
        assertThat(referee.frameCount(Frame.Direction.OUT)).isEqualTo(5);
        assertThat(referee.frames(Frame.Direction.OUT).stream().map(Frame::text).toList())
                .isEqualTo(client.heard());
    }

    @Test
    void anAckNamesTheSuggestionAndOurClock() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 1);
        var before = Instant.now().toEpochMilli();
        agent.ack("s");
        var ack = client.heard(1);
        assertThat(ack.size()).isEqualTo(4);
        assertThat(ack.path("type").textValue()).isEqualTo("agentassist.ack");
        assertThat(ack.path("interactionId").textValue()).isEqualTo("i");
        assertThat(ack.path("suggestionId").textValue()).isEqualTo("s");
        assertThat(ack.path("sentTimestamp").longValue())
                .isBetween(before, Instant.now().toEpochMilli());
    }

    @Test
    void anAckCanLeaveTheTimestampOut() {
        var sandbox = start(SandboxConfig.builder().sentTimestamp(false).build());
        var client = TestClient.ready(vertx, sandbox);
        agent.ack("i", "s", Map.of());
        assertThat(client.heard(1).has("sentTimestamp")).isFalse();
    }

    @Test
    void anOutcomeCarriesTheAgentTheTimeAndWhatTheTestAdds() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        agent.accept("i", "s", Map.of("rating", 5, "agentId", "someone"));
        agent.dismiss("i", "s", Map.of());
        assertThat(client.heard(1).path("type").textValue()).isEqualTo("agentassist.accepted");
        assertThat(client.heard(1).path("rating").intValue()).isEqualTo(5);
        assertThat(client.heard(1).path("agentId").textValue()).isEqualTo("someone");
        assertThat(client.heard(2).path("type").textValue()).isEqualTo("agentassist.dismissed");
        assertThat(client.heard(2).path("agentId").textValue()).isEqualTo("agent-7");
        assertThat(Instant.parse(client.heard(2).path("timestamp").textValue())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void theAgentCanRepeatThemselvesAndSpeakOfWhatNeverCame() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 1);
        agent.accept("s");
        agent.accept("s");
        agent.dismiss("s");
        agent.accept("nobody", "nothing", Map.of());
        client.awaitHeard(5);
        assertThat(client.heard(1).path("suggestionId"))
                .isEqualTo(client.heard(2).path("suggestionId"));
        assertThat(sandbox.referee().suggestion("s").orElseThrow().outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(sandbox.referee().suggestions()).hasSize(1);
    }

    @Test
    void anIdThatSeveralInteractionsHaveNeedsItsInteraction() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "s"));
        client.say(Frames.suggest("j", "s"));
        awaitSends(sandbox, "s", 2);
        assertThatThrownBy(() -> agent.ack("s")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> agent.ack("never")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sandbox.referee().suggestion("s")).isInstanceOf(IllegalStateException.class);
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void oneMoreThanFiveActiveIsAViolationAndStillShown() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        for (int n = 1; n <= 6; n++) {
            client.say(Frames.suggest("i", "s" + n));
        }
        awaitSends(sandbox, "s6", 1);
        assertThat(sandbox.referee().violations()).extracting(Violation::kind).containsExactly(Kind.TOO_MANY_ACTIVE);
        assertThat(sandbox.referee().maxActive()).isEqualTo(6);
        agent.ack("s6");
        client.awaitHeard(2);
    }

    @Test
    void anAcceptedSuggestionMakesRoomForTheSixth() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        for (int n = 1; n <= 5; n++) {
            client.say(Frames.suggest("i", "s" + n));
        }
        awaitSends(sandbox, "s5", 1);
        agent.accept("s1");
        client.awaitHeard(2);
        client.say(Frames.suggest("i", "s6"));
        awaitSends(sandbox, "s6", 1);
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void anOutcomeThatATestSentAsRawTextCountsAsWell() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 1);
        TestClient.join(
                sandbox.send("{\"type\":\"agentassist.dismissed\",\"interactionId\":\"i\",\"suggestionId\":\"s\"}"));
        assertThat(sandbox.referee().active("i")).isZero();
    }

    @Test
    void aSuggestionOutsideItsWindowIsAViolationAndNotShown() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        var now = Instant.now();
        client.say(Frames.suggest("i", "over", now.minusSeconds(60), now.minusSeconds(30), now));
        awaitSends(sandbox, "over", 1);
        assertThat(sandbox.referee().violations()).extracting(Violation::kind).containsExactly(Kind.OUTSIDE_ITS_WINDOW);
        assertThatThrownBy(() -> agent.ack("over")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMalformedSuggestionIsAViolationThatNamesEachFieldAndNotTheContent() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "s").replace("0.85", "\"high\"").replace("\"HIGH\"", "\"high\""));
        eventually(() -> assertThat(sandbox.referee().violations())
                .extracting(Violation::kind)
                .containsExactly(Kind.MALFORMED_SUGGESTION));
        assertThat(sandbox.referee().violations().get(0).text())
                .contains("priority", "relevanceScore")
                .doesNotContain("refund");
        assertThat(sandbox.referee().suggestions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "null", "[]", "{}", "{\"type\":\"agentassist.accepted\"}", "{} {}"})
    void aFrameThatAClientDoesNotSendIsAViolationAndTheConnectionStays(String frame) {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(frame);
        client.say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 1);
        assertThat(sandbox.referee().violations()).extracting(Violation::kind).containsExactly(Kind.UNKNOWN_FRAME);
    }

    @Test
    void aRepeatedIdAfterItsAckIsAViolationAndIsAcknowledgeableAgain() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 1);
        agent.ack("s");
        client.awaitHeard(2);
        sandbox.dropConnections();
        client.awaitClosed();
        var again = TestClient.ready(vertx, sandbox);
        again.say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 2);
        assertThat(sandbox.referee().violations())
                .extracting(Violation::kind)
                .containsExactly(Kind.SENT_AGAIN_AFTER_ANSWER);
        agent.ack("s");
        again.awaitHeard(2);
    }

    @Test
    void whatWasNotAcknowledgedMayComeAgainAfterADrop() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 1);
        sandbox.dropConnections();
        client.awaitClosed();
        TestClient.ready(vertx, sandbox).say(Frames.suggest("i", "s"));
        awaitSends(sandbox, "s", 2);
        assertThat(sandbox.referee().violations()).isEmpty();
    }
}
