package io.github.cxoneassist.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.github.cxoneassist.sandbox.ScriptedFault.Behave;
import io.github.cxoneassist.sandbox.ScriptedFault.DelayAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.DropAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.FailAuth;
import io.github.cxoneassist.sandbox.ScriptedFault.HalfOpen;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.ReorderAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.RepeatAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.RevokeTokens;
import io.github.cxoneassist.sandbox.ScriptedFault.SendGarbage;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.ScriptedFault.StopReading;
import io.github.cxoneassist.sandbox.ScriptedFault.TokenAnswers;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault as a plain client sees it. */
class ScriptedFaultTest extends SandboxTestBase {

    private static final Duration MOMENT = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();

    private static void playTo(SandboxCxone sandbox, Step... steps) {
        sandbox.play(FaultScript.inOrder(steps));
    }

    private static void awaitOver(SandboxCxone sandbox) {
        eventually(() -> assertThat(sandbox.faultsUnderWay()).isEmpty());
    }

    private HttpResponse<String> askForToken(SandboxCxone sandbox) throws Exception {
        return askForToken(sandbox, Duration.ofSeconds(10));
    }

    private HttpResponse<String> askForToken(SandboxCxone sandbox, Duration timeout) throws Exception {
        var config = SandboxConfig.builder().build();
        var form = "grant_type=client_credentials&scope=agentassist%3Awrite&client_id=" + config.clientId()
                + "&client_secret=" + URLEncoder.encode(config.clientSecret(), UTF_8);
        var request = HttpRequest.newBuilder(URI.create(sandbox.tokenUrl()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(timeout)
                .POST(BodyPublishers.ofString(form))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private WebSocketClient largeFrames() {
        return vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(8 << 20).setMaxMessageSize(8 << 20));
    }

    /** Proof that the client and the sandbox have heard all that the other said before. */
    private void talk(SandboxCxone sandbox, TestClient client, String id) {
        client.say(Frames.suggest("talk", id));
        eventually(() -> assertThat(sandbox.referee().sends("talk", id)).isPositive());
    }

    private static List<String> idsHeard(TestClient client) {
        return client.heard().stream()
                .map(text -> StrictJson.object(text).orElseThrow())
                .filter(frame -> StrictJson.text(frame, "type").equals("agentassist.ack"))
                .map(frame -> StrictJson.text(frame, "suggestionId"))
                .toList();
    }

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
    void refuseUpgradeAnswersWithItsStatusAndRetryAfterSoManyTimes() {
        var sandbox = startWith(new RefuseUpgrade(429, "3").times(2));
        for (int n = 0; n < 2; n++) {
            assertThatThrownBy(() -> TestClient.connect(vertx, sandbox))
                    .rootCause()
                    .isInstanceOfSatisfying(UpgradeRejectedException.class, e -> {
                        assertThat(e.getStatus()).isEqualTo(429);
                        assertThat(e.getHeaders().get("Retry-After")).isEqualTo("3");
                    });
        }
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.referee().upgradeRequestCount()).isEqualTo(3);
    }

    @Test
    void aStalledUpgradeIsNeverAnsweredAndTheNextOneIs() {
        var sandbox = startWith(new Stall(Occasion.UPGRADE).once());
        var stalled = http.newWebSocketBuilder()
                .connectTimeout(Duration.ofMillis(300))
                .buildAsync(URI.create(sandbox.webSocketUrl()), new java.net.http.WebSocket.Listener() {});
        assertThatThrownBy(stalled::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(HttpTimeoutException.class);
        assertThat(sandbox.referee().upgradeRequestCount()).isEqualTo(1);
        assertThat(sandbox.referee().socketCount()).isZero();
        TestClient.ready(vertx, sandbox);
    }

    @Test
    void aDelayedUpgradeIsAnsweredInTheEnd() {
        var sandbox = startWith(new Stall(Occasion.UPGRADE, MOMENT).once());
        var before = System.nanoTime();
        TestClient.ready(vertx, sandbox);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(MOMENT.minusMillis(5));
    }

    @Test
    void failAuthRefusesAGoodTokenSoManyTimesAndHoldsTheClientToItsGoodbye() {
        var sandbox = startWith(new FailAuth("not you").times(2));
        for (int n = 0; n < 2; n++) {
            var client = TestClient.connect(vertx, sandbox);
            client.auth(sandbox.issueToken());
            assertThat(client.heard(0).path("type").textValue()).isEqualTo("auth.failure");
            assertThat(client.heard(0).path("message").textValue()).isEqualTo("not you");
            client.close(n == 0 ? 1008 : 1000);
            client.awaitClosed();
        }
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.referee().violations())
                .extracting(Violation::kind, Violation::connection)
                .containsExactly(tuple(Violation.Kind.NOT_CLOSED_WITH_1008_AFTER_AUTH_FAILURE, 2));
    }

    @Test
    void theTokenEndpointAnswersAsToldInTheOrderOfTheScript() throws Exception {
        var sandbox = startWith(
                new TokenAnswers(429, Map.of("Retry-After", "7"), "").once(),
                new TokenAnswers(429, Map.of(), "slow down").once(),
                new TokenAnswers(500, Map.of(), "").times(2),
                new TokenAnswers(200, Map.of("Content-Type", "text/html"), "<html>Sign in</html>").once());

        var answers = new ArrayList<HttpResponse<String>>();
        for (int n = 0; n < 6; n++) {
            answers.add(askForToken(sandbox));
        }

        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(429, 429, 500, 500, 200, 200);
        assertThat(answers.get(0).headers().firstValue("Retry-After")).contains("7");
        assertThat(answers.get(1).headers().firstValue("Retry-After")).isEmpty();
        assertThat(answers.get(1).body()).isEqualTo("slow down");
        assertThat(answers.get(4).body()).isEqualTo("<html>Sign in</html>");
        assertThat(answers.get(5).body()).contains("access_token");
        assertThat(sandbox.faultsUnderWay()).isEmpty();
    }

    @Test
    void aStalledTokenRequestIsNeverAnsweredAndTheNextOneIs() throws Exception {
        var sandbox = startWith(new Stall(Occasion.TOKEN_REQUEST).once());
        assertThatThrownBy(() -> askForToken(sandbox, MOMENT)).isInstanceOf(HttpTimeoutException.class);
        assertThat(askForToken(sandbox).statusCode()).isEqualTo(200);
    }

    @Test
    void aDelayedTokenRequestOfOneWhoHungUpIsNotAnswered() throws Exception {
        var sandbox = startWith(new Stall(Occasion.TOKEN_REQUEST, Duration.ofSeconds(1)).once());
        assertThatThrownBy(() -> askForToken(sandbox, MOMENT)).isInstanceOf(HttpTimeoutException.class);
        assertThat(askForToken(sandbox).statusCode()).isEqualTo(200);
        sandbox.play(FaultScript.inOrder(new Behave().lasting(Duration.ofMillis(1_200))));
        awaitOver(sandbox);
        assertThat(sandbox.referee().tokenRequests())
                .extracting(TokenRequest::answer)
                .containsExactly(TokenRequest.UNANSWERED, TokenRequest.OK);
    }

    @Test
    void revokedTokensAreUnknownWithNobodyConnectedToo() throws Exception {
        var sandbox = start();
        var token = sandbox.issueToken();
        playTo(sandbox, new RevokeTokens(Occasion.NOW).once());
        awaitOver(sandbox);
        var client = TestClient.connect(vertx, sandbox);
        client.auth(token);
        assertThat(client.heard(0).path("type").textValue()).isEqualTo("auth.failure");
    }

    @Test
    void tokensRevokedAtAuthFailThatVeryAuth() {
        var sandbox = startWith(new RevokeTokens(Occasion.AUTH).once());
        var client = TestClient.connect(vertx, sandbox);
        client.auth(sandbox.issueToken());
        assertThat(client.heard(0).path("type").textValue()).isEqualTo("auth.failure");
    }

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
        assertThat(idsHeard(client.heard().get(2))).containsExactly("after");
    }

    private static List<String> idsHeard(String text) {
        return List.of(StrictJson.text(StrictJson.object(text).orElseThrow(), "suggestionId"));
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
