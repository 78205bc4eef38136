package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.github.cxoneassist.sandbox.ScriptedFault.Behave;
import io.github.cxoneassist.sandbox.ScriptedFault.DelayAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.DropAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.FailAuth;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.RepeatAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.SendGarbage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order, how often and how long. */
class FaultScriptTest extends SandboxTestBase {

    private static List<String> names(SandboxCxone sandbox) {
        return sandbox.faultsUnderWay().stream()
                .map(step -> step.fault().name())
                .toList();
    }

    private void assertRefused(SandboxCxone sandbox, int status) {
        assertThatThrownBy(() -> TestClient.connect(vertx, sandbox))
                .rootCause()
                .hasMessageContaining(String.valueOf(status));
    }

    @Test
    void stepsComeOneAfterTheOther() {
        var sandbox = startWith(
                new RefuseUpgrade(503, "").times(2), new RefuseUpgrade(502, "").once(), new FailAuth("no").once());
        assertRefused(sandbox, 503);
        assertRefused(sandbox, 503);
        assertThat(names(sandbox)).containsExactly("refuse-upgrade");
        assertRefused(sandbox, 502);
        assertThat(names(sandbox)).containsExactly("fail-auth");
        var refused = TestClient.connect(vertx, sandbox);
        refused.auth(sandbox.issueToken());
        assertThat(refused.heard(0).path("type").textValue()).isEqualTo("auth.failure");
        refused.close(1008);
        refused.awaitClosed();
        assertThat(sandbox.faultsUnderWay()).isEmpty();
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void aStepThatIsNotOverHoldsUpThoseAfterIt() {
        var sandbox = startWith(new DropAcks().once(), new Drop(Occasion.NOW).once());
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "a"));
        eventually(() -> assertThat(sandbox.referee().sends("a")).isEqualTo(1));
        assertThat(client.isClosed()).isFalse();
        agent.ack("a");
        assertThat(client.awaitClosed()).isEqualTo(1006);
    }

    @Test
    void stepsThatAreTogetherStrikeEachForItselfAndTheNextStageWaitsForAll() {
        var sandbox = start();
        sandbox.play(FaultScript.together(new FailAuth("no").once(), new RefuseUpgrade(503, "").once())
                .then(FaultScript.inOrder(new RefuseUpgrade(500, "").once())));
        assertThat(names(sandbox)).containsExactly("fail-auth", "refuse-upgrade");
        assertRefused(sandbox, 503);
        assertThat(names(sandbox)).containsExactly("fail-auth");
        var refused = TestClient.connect(vertx, sandbox);
        refused.auth(sandbox.issueToken());
        refused.awaitHeard(1);
        refused.close(1008);
        assertRefused(sandbox, 500);
    }

    @Test
    void atOneOccasionWhatTheFirstLetsPassComesToTheSecond() {
        var sandbox = start();
        sandbox.play(FaultScript.together(new RepeatAcks(2).once(), new DelayAcks(Duration.ofMillis(20)).always()));
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "a"));
        eventually(() -> assertThat(sandbox.referee().sends("a")).isEqualTo(1));
        agent.ack("a");
        client.awaitHeard(3);
        assertThat(client.heard(1)).isEqualTo(client.heard(2));
    }

    @Test
    void afterLetsSoManyPassOnWhateverConnectionTheyCome() {
        var sandbox = startWith(new FailAuth("no").once().after(2));
        TestClient.ready(vertx, sandbox).close(1000);
        TestClient.ready(vertx, sandbox).close(1000);
        var third = TestClient.connect(vertx, sandbox);
        third.auth(sandbox.issueToken());
        assertThat(third.heard(0).path("type").textValue()).isEqualTo("auth.failure");
    }

    @Test
    void aStepThatLastsIsOverWhenItsTimeIsHoweverOftenItStruck() {
        var sandbox = startWith(new RefuseUpgrade(503, "").lasting(Duration.ofMillis(300)));
        assertRefused(sandbox, 503);
        assertRefused(sandbox, 503);
        eventually(() -> assertThat(sandbox.faultsUnderWay()).isEmpty());
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void aStepThatLastsIsOverBeforeItsTimeWhenItsCountIsUsedUp() {
        var sandbox = startWith(new RefuseUpgrade(503, "").times(1).lasting(Duration.ofMinutes(1)));
        assertRefused(sandbox, 503);
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.faultsUnderWay()).isEmpty();
    }

    @Test
    void theTimeOfAStepThatLetsSomePassBeginsWhenItFirstStrikes() {
        var sandbox = startWith(
                new RefuseUpgrade(503, "").lasting(Duration.ofMillis(300)).after(1));
        TestClient.ready(vertx, sandbox).close(1000);
        playPause();
        assertThat(names(sandbox)).containsExactly("refuse-upgrade");
        assertRefused(sandbox, 503);
        eventually(() -> assertThat(sandbox.faultsUnderWay()).isEmpty());
    }

    /** Longer than the step above lasts, by the clock of another sandbox. */
    private void playPause() {
        var other = startWith(new Behave().lasting(Duration.ofMillis(400)));
        eventually(() -> assertThat(other.faultsUnderWay()).isEmpty());
    }

    @Test
    void behavingIsAPauseBetweenTwoFaults() {
        var sandbox = start();
        var first = TestClient.ready(vertx, sandbox);
        var before = System.nanoTime();
        sandbox.play(FaultScript.inOrder(
                new SendGarbage(Occasion.NOW, Garbage.NOT_JSON).once(),
                new Behave().lasting(Duration.ofMillis(200)),
                new Drop(Occasion.NOW).once()));
        assertThat(first.awaitClosed()).isEqualTo(1006);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(195));
        assertThat(first.heard()).hasSize(2);
    }

    @Test
    void playingNoneEndsAScriptWithoutAnEnd() {
        var sandbox = startWith(new RefuseUpgrade(503, "").always());
        assertRefused(sandbox, 503);
        sandbox.play(FaultScript.NONE);
        assertThat(sandbox.faultsUnderWay()).isEmpty();
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void aNewScriptTakesThePlaceOfTheOldOne() {
        var sandbox = startWith(new RefuseUpgrade(503, "").always());
        sandbox.play(FaultScript.inOrder(new RefuseUpgrade(418, "").always()));
        assertRefused(sandbox, 418);
    }

    @Test
    void aScriptPlayedBeforeTheStartBeginsWithIt() {
        var sandbox = new SandboxCxone(SandboxConfig.builder().build(), agent, vertx);
        sandbox.play(FaultScript.inOrder(new RefuseUpgrade(503, "").once()));
        try (var started = sandbox.start()) {
            assertRefused(started, 503);
            TestClient.ready(vertx, started);
        }
    }

    @Test
    void oneScriptCanBePlayedToManySandboxesAndMoreThanOnce() {
        var script = FaultScript.inOrder(new RefuseUpgrade(503, "").once());
        for (var sandbox : List.of(start(), start())) {
            for (int n = 0; n < 2; n++) {
                sandbox.play(script);
                assertRefused(sandbox, 503);
                TestClient.ready(vertx, sandbox).close(1000);
            }
        }
    }

    @Test
    void aStageWithoutAStepIsRefused() {
        assertThatThrownBy(() -> new FaultScript(List.of(List.<Step>of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A stage has at least one step");
    }

    @Test
    void aResetEndsTheFaultsAndBeginsANewRecordAndKeepsWhatIsOpen() {
        var sandbox = startWith(new DropAcks().always());
        var client = TestClient.ready(vertx, sandbox);
        TestClient.ready(vertx, sandbox).close(1000);
        client.say(Frames.suggest("i", "a"));
        client.say("nonsense");
        eventually(() -> assertThat(sandbox.referee().violations()).hasSize(2));
        eventually(() -> assertThat(sandbox.referee().openSockets()).isEqualTo(1));

        sandbox.reset();

        var referee = sandbox.referee();
        assertThat(sandbox.faultsUnderWay()).isEmpty();
        assertThat(referee.violations()).isEmpty();
        assertThat(referee.violations(Violation.Kind.UNKNOWN_FRAME)).isZero();
        assertThat(referee.suggestions()).isEmpty();
        assertThat(referee.frames()).isEmpty();
        assertThat(referee.socketCount()).isZero();
        assertThat(referee.maxOpenSockets()).isEqualTo(1);
        assertThat(referee.sockets()).extracting(SocketRecord::number).containsExactly(1);
        client.say(Frames.suggest("j", "a"));
        eventually(() -> assertThat(referee.sends("j", "a")).isEqualTo(1));
        agent.ack("a");
        assertThat(client.heard(1).path("interactionId").textValue()).isEqualTo("j");
        TestClient.ready(vertx, sandbox);
        assertThat(referee.violations())
                .extracting(Violation::kind, Violation::connection)
                .containsExactly(tuple(Violation.Kind.TWO_SOCKETS, 3));
    }
}
