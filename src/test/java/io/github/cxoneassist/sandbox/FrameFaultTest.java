package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.ScriptedFault.DelayAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.DropAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.ReorderAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.RepeatAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.SendGarbage;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that come late, often, in another order, as garbage or not at all, as a plain client sees them. */
class FrameFaultTest extends FaultTestBase {

    private static final Duration MOMENT = Duration.ofMillis(200);

    @Test
    void delayedAcknowledgementsComeLateAndInOrder() {
        var sandbox = startWith(new DelayAcks(MOMENT).times(2));
        var client = TestClient.ready(vertx, sandbox);
        talk(sandbox, client, "a");
        talk(sandbox, client, "b");
        var before = System.nanoTime();
        agent.ack("a");
        agent.ack("b");
        client.awaitHeard(3);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(MOMENT.minusMillis(5));
        assertThat(idsHeard(client)).containsExactly("a", "b");
    }

    @Test
    void droppedAcknowledgementsNeverLeaveAndAreNotHeldAgainstTheClient() {
        var sandbox = startWith(new DropAcks().once());
        var client = TestClient.ready(vertx, sandbox);
        talk(sandbox, client, "a");
        agent.ack("a");
        agent.ack("a");
        client.awaitHeard(2);
        assertThat(idsHeard(client)).containsExactly("a");
        assertThat(sandbox.referee().frameCount(Frame.Direction.OUT)).isEqualTo(2);
    }

    @Test
    void decisionsAreNoAcknowledgements() {
        var sandbox = startWith(new DropAcks().always());
        var client = TestClient.ready(vertx, sandbox);
        talk(sandbox, client, "a");
        agent.accept("a");
        assertThat(client.heard(1).path("type").textValue()).isEqualTo("agentassist.accepted");
    }

    @Test
    void repeatedAcknowledgementsComeAsOftenAsTold() {
        var sandbox = startWith(new RepeatAcks(3).once());
        var client = TestClient.ready(vertx, sandbox);
        talk(sandbox, client, "a");
        talk(sandbox, client, "b");
        agent.ack("a");
        agent.ack("b");
        client.awaitHeard(5);
        assertThat(idsHeard(client)).containsExactly("a", "a", "a", "b");
    }

    @Test
    void reorderedAcknowledgementsComeLastFirst() {
        var sandbox = startWith(new ReorderAcks().times(3));
        var client = TestClient.ready(vertx, sandbox);
        for (var id : List.of("a", "b", "c", "d")) {
            talk(sandbox, client, id);
            agent.ack(id);
        }
        client.awaitHeard(5);
        assertThat(idsHeard(client)).containsExactly("c", "b", "a", "d");
    }

    @Test
    void acknowledgementsThatWaitForTheirOrderLeaveWhenTheScriptEnds() {
        var sandbox = startWith(new ReorderAcks().times(9));
        var client = TestClient.ready(vertx, sandbox);
        for (var id : List.of("a", "b")) {
            talk(sandbox, client, id);
            TestClient.join(agent.ack(id));
        }
        sandbox.play(FaultScript.NONE);
        client.awaitHeard(3);
        assertThat(idsHeard(client)).containsExactly("b", "a");
    }

    @ParameterizedTest
    @EnumSource(Garbage.class)
    void garbageArrivesWholeAndTheConnectionLivesOn(Garbage garbage) {
        var sandbox = start();
        var client = TestClient.connect(largeFrames(), sandbox);
        client.auth(sandbox.issueToken());
        client.awaitHeard(1);

        playTo(sandbox, new SendGarbage(Occasion.NOW, garbage).once());

        client.awaitHeard(2);
        assertThat(client.heard().get(1)).isEqualTo(garbage.text());
        talk(sandbox, client, "after");
        agent.ack("after");
        client.awaitHeard(3);
        assertThat(client.heard(2).path("suggestionId").textValue()).isEqualTo("after");
    }

    @Test
    void theRecordKeepsOnlyTheSizeOfGarbage() {
        var sandbox = start();
        TestClient.connect(largeFrames(), sandbox);
        eventually(() -> assertThat(sandbox.referee().openSockets()).isEqualTo(1));
        playTo(sandbox, new SendGarbage(Occasion.NOW, Garbage.TOO_LARGE).once());
        eventually(() -> assertThat(sandbox.referee().frames(Frame.Direction.OUT))
                .extracting(Frame::text)
                .containsExactly(
                        "<garbage, too-large, " + Garbage.TOO_LARGE.text().length() + " characters>"));
    }

    @Test
    void garbageAtConnectComesBeforeTheAnswerToAuthAndDoesNotReplaceIt() {
        var sandbox = startWith(new SendGarbage(Occasion.CONNECT, Garbage.NOT_JSON).once());
        var client = TestClient.connect(vertx, sandbox);
        client.auth(sandbox.issueToken());
        client.awaitHeard(2);
        assertThat(client.heard()).containsExactly(Garbage.NOT_JSON.text(), "{\"type\":\"auth.success\"}");
    }

    private WebSocketClient largeFrames() {
        return vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(8 << 20).setMaxMessageSize(8 << 20));
    }

    private static List<String> idsHeard(TestClient client) {
        return client.heard().stream()
                .map(text -> StrictJson.object(text).orElseThrow())
                .filter(frame -> StrictJson.text(frame, "type").equals("agentassist.ack"))
                .map(frame -> StrictJson.text(frame, "suggestionId"))
                .toList();
    }
}
