package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.HalfOpen;
import io.github.cxoneassist.sandbox.ScriptedFault.StopReading;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cuts connections off or makes them fall silent, as a plain client sees it. */
class ConnectionFaultTest extends FaultTestBase {

    private static final Duration MOMENT = Duration.ofMillis(200);

    @Test
    void dropNowEndsEveryConnectionWithoutACloseFrame() {
        var sandbox = start();
        var ready = TestClient.ready(vertx, sandbox);
        var unauthenticated = TestClient.connect(vertx, sandbox);
        eventually(() -> assertThat(sandbox.referee().openSockets()).isEqualTo(2));

        playTo(sandbox, new Drop(Occasion.NOW).once());

        assertThat(ready.awaitClosed()).isEqualTo(1006);
        assertThat(unauthenticated.awaitClosed()).isEqualTo(1006);
        awaitOver(sandbox);
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void dropWithACodeSendsItsCloseFrame() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        playTo(sandbox, new Drop(Occasion.NOW, 1012, "restart").once());
        assertThat(client.awaitClosed()).isEqualTo(1012);
        assertThat(sandbox.referee().sockets().get(0).closeReason()).isEqualTo("restart");
    }

    @Test
    void dropAtConnectEndsAConnectionBeforeItsFirstFrame() {
        var sandbox = startWith(new Drop(Occasion.CONNECT).times(2));
        assertThat(TestClient.connect(vertx, sandbox).awaitClosed()).isEqualTo(1006);
        assertThat(TestClient.connect(vertx, sandbox).awaitClosed()).isEqualTo(1006);
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void dropAtFrameTakesWhatComesBeforeAndLosesWhatItStrikesAt() {
        var sandbox = startWith(new Drop(Occasion.FRAME, 1011, "").once().after(2));
        var client = TestClient.ready(vertx, sandbox);
        for (var id : List.of("a", "b", "c", "d")) {
            client.say(Frames.suggest("i", id));
        }
        assertThat(client.awaitClosed()).isEqualTo(1011);
        assertThat(sandbox.referee().suggestions())
                .extracting(ReceivedSuggestion::id)
                .containsExactly("a", "b");
    }

    @Test
    void whenTheSandboxStopsReadingTheWritesOfTheClientBackUpAndNothingIsLost() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        playTo(sandbox, new StopReading(Occasion.NOW).once());
        awaitOver(sandbox);

        int said = 0;
        while (!client.isBackedUp()) {
            client.say("{\"type\":\"filler\",\"n\":" + said++ + ",\"text\":\"" + "x".repeat(60_000) + "\"}");
            assertThat(said).isLessThan(2_000);
        }
        assertThat(TestClient.join(sandbox.send("{\"type\":\"still talks\"}"))).isEqualTo(1);
        client.awaitHeard(2);
        assertThat(sandbox.referee().frameCount(Frame.Direction.IN)).isEqualTo(1);

        sandbox.play(FaultScript.NONE);

        long all = 1 + said;
        eventually(() ->
                assertThat(sandbox.referee().frameCount(Frame.Direction.IN)).isEqualTo(all));
        eventually(() -> assertThat(client.isBackedUp()).isFalse());
    }

    @Test
    void whatStopsTheReadingIsTakenAndWhatFollowsWaitsInItsOrder() {
        var sandbox = startWith(new StopReading(Occasion.FRAME).once());
        var client = TestClient.ready(vertx, sandbox);
        for (var id : List.of("a", "b", "c")) {
            client.say(Frames.suggest("i", id));
        }
        eventually(() -> assertThat(sandbox.referee().suggestions()).hasSize(1));
        assertThat(TestClient.join(sandbox.send("{}"))).isEqualTo(1);
        client.awaitHeard(2);
        assertThat(sandbox.referee().suggestions())
                .extracting(ReceivedSuggestion::id)
                .containsExactly("a");

        sandbox.play(FaultScript.NONE);

        eventually(() -> assertThat(sandbox.referee().suggestions())
                .extracting(ReceivedSuggestion::id)
                .containsExactly("a", "b", "c"));
    }

    @Test
    void aClientThatLeavesWhileNobodyReadsMayComeAgainWithoutASecondSocket() {
        var sandbox = start();
        var first = TestClient.ready(vertx, sandbox);
        playTo(sandbox, new StopReading(Occasion.NOW).once());
        awaitOver(sandbox);
        first.close(1001);

        TestClient.ready(vertx, sandbox);
        sandbox.play(FaultScript.NONE);

        eventually(
                () -> assertThat(sandbox.referee().sockets().get(0).closeCode()).isEqualTo(1001));
        assertThat(sandbox.referee().violations()).isEmpty();
        assertThat(sandbox.referee().maxOpenSockets()).isEqualTo(1);
    }

    @Test
    void aClientThatKeepsItsSocketWhileNobodyReadsAndOpensAnotherIsFoundOut() {
        var sandbox = start();
        TestClient.ready(vertx, sandbox);
        playTo(sandbox, new StopReading(Occasion.NOW).once());
        awaitOver(sandbox);
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.referee().violations()).isEmpty();

        sandbox.play(FaultScript.NONE);

        eventually(() -> assertThat(sandbox.referee().violations())
                .extracting(Violation::kind)
                .containsExactly(Violation.Kind.TWO_SOCKETS));
        assertThat(sandbox.referee().maxOpenSockets()).isEqualTo(2);
    }

    @Test
    void aHalfOpenConnectionAnswersNoPingAndTakesAndSendsNothing() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        client.ping();
        eventually(() -> assertThat(client.pongs()).isEqualTo(1));
        playTo(sandbox, new HalfOpen(Occasion.NOW).lasting(MOMENT));

        client.ping();
        client.say(Frames.suggest("i", "lost"));
        sandbox.send("{\"lost\":true}");
        awaitOver(sandbox);
        talk(sandbox, client, "found");
        sandbox.send("{\"lost\":false}");
        client.awaitHeard(2);

        assertThat(client.pongs()).isEqualTo(1);
        assertThat(client.heard()).endsWith("{\"lost\":false}").hasSize(2);
        assertThat(sandbox.referee().sends("lost")).isZero();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void aHalfOpenConnectionStaysSoAfterItsStepAndTheNextOneIsWell() {
        var sandbox = start();
        var dead = TestClient.ready(vertx, sandbox);
        playTo(sandbox, new HalfOpen(Occasion.NOW).once());
        awaitOver(sandbox);

        dead.ping();
        dead.abort();
        var well = TestClient.ready(vertx, sandbox);
        well.ping();

        eventually(() -> assertThat(well.pongs()).isEqualTo(1));
        assertThat(dead.pongs()).isZero();
        eventually(() -> assertThat(sandbox.referee().sockets().get(0).open()).isFalse());
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void aGoodbyeOnAHalfOpenConnectionIsNotAnsweredAndYetSeenByTheReferee() {
        var sandbox = start();
        var dead = TestClient.ready(vertx, sandbox);
        playTo(sandbox, new HalfOpen(Occasion.NOW).once());
        awaitOver(sandbox);
        dead.close(1002);
        eventually(
                () -> assertThat(sandbox.referee().sockets().get(0).closeCode()).isEqualTo(1002));
        assertThat(dead.isClosed()).isFalse();
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void halfOpenAtAuthLeavesTheAuthFrameUnanswered() {
        var sandbox = startWith(new HalfOpen(Occasion.AUTH).once());
        var client = TestClient.connect(vertx, sandbox);
        client.auth(sandbox.issueToken());
        awaitOver(sandbox);
        client.ping();
        TestClient.ready(vertx, sandbox);
        assertThat(client.heard()).isEmpty();
        assertThat(client.pongs()).isZero();
    }

    @Test
    void closingTheSandboxDoesNotWaitForASilencedConnection() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        playTo(sandbox, new HalfOpen(Occasion.NOW).once());
        awaitOver(sandbox);
        sandbox.close();
        assertThat(client.awaitClosed()).isEqualTo(1001);
    }
}
