package io.github.cxoneassist.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.sandbox.ScriptedFault.Behave;
import io.github.cxoneassist.sandbox.ScriptedFault.FailAuth;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.RevokeTokens;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.ScriptedFault.TokenAnswers;
import io.vertx.core.http.UpgradeRejectedException;
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
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What goes wrong on the way to a connection, from the token to the answer to auth, as a plain client sees it. */
class HandshakeFaultTest extends FaultTestBase {

    private static final Duration MOMENT = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();

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
        var stalled = http.sendAsync(tokenRequest(sandbox), BodyHandlers.ofString());
        awaitOver(sandbox);
        assertThat(askForToken(sandbox).statusCode()).isEqualTo(200);
        assertThat(stalled).isNotDone();
    }

    @Test
    void aDelayedTokenRequestOfOneWhoHungUpIsNotAnswered() throws Exception {
        var sandbox = startWith(new Stall(Occasion.TOKEN_REQUEST, Duration.ofSeconds(1)).once());
        var stalled = http.sendAsync(tokenRequest(sandbox), BodyHandlers.ofString());
        awaitOver(sandbox);
        stalled.cancel(true);
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

    private HttpResponse<String> askForToken(SandboxCxone sandbox) throws Exception {
        return http.send(tokenRequest(sandbox), BodyHandlers.ofString());
    }

    private static HttpRequest tokenRequest(SandboxCxone sandbox) {
        var config = SandboxConfig.builder().build();
        var form = "grant_type=client_credentials&scope=agentassist%3Awrite&client_id=" + config.clientId()
                + "&client_secret=" + URLEncoder.encode(config.clientSecret(), UTF_8);
        return HttpRequest.newBuilder(URI.create(sandbox.tokenUrl()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(form))
                .build();
    }
}
