package io.github.cxoneassist.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.ScriptedFault.TokenAnswers;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenEndpointTest extends SandboxTestBase {

    private static final SandboxConfig CONFIG =
            SandboxConfig.builder().tokenLifetime(Duration.ofMinutes(20)).build();

    private final HttpClient http = HttpClient.newHttpClient();

    private static String form() {
        return "grant_type=client_credentials&client_id=" + CONFIG.clientId() + "&client_secret="
                + URLEncoder.encode(CONFIG.clientSecret(), UTF_8) + "&scope=agentassist%3Awrite";
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/x-www-form-urlencoded");
    }

    private HttpResponse<String> post(String url, String form) throws Exception {
        return http.send(request(url).POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
    }

    private static ObjectNode json(HttpResponse<String> response) {
        return StrictJson.object(response.body()).orElseThrow();
    }

    @Test
    void theDefaultSecretsWithAllTheirCharactersAreUnderstoodAndTheTokenOpensTheSocket() throws Exception {
        var sandbox = start(CONFIG);

        var response = post(sandbox.tokenUrl(), form());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(response).path("expires_in").intValue()).isEqualTo(1_200);
        assertThat(json(response).path("token_type").textValue()).isEqualTo("Bearer");
        var client = TestClient.connect(vertx, sandbox);
        client.auth(json(response).path("access_token").textValue());
        assertThat(client.heard(0).path("type").textValue()).isEqualTo("auth.success");
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void thePasswordGrantIsServedAtCxonesOwnPath() throws Exception {
        var sandbox = start(CONFIG);
        var pair = CONFIG.clientId() + ":" + URLEncoder.encode(CONFIG.clientSecret(), UTF_8);
        var body = "grant_type=password&username=" + CONFIG.accessKeyId() + "&password="
                + URLEncoder.encode(CONFIG.accessKeySecret(), UTF_8);

        var response = http.send(
                request(sandbox.passwordTokenUrl())
                        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(sandbox.passwordTokenUrl()).endsWith("/auth/token");
        assertThat(sandbox.referee().tokenRequests())
                .extracting(TokenRequest::grant, TokenRequest::ok)
                .containsExactly(tuple("password", true));
    }

    @Test
    void everyTokenIsAnother() throws Exception {
        var sandbox = start(CONFIG);
        var tokens = new HashSet<String>();
        for (int i = 0; i < 3; i++) {
            tokens.add(
                    json(post(sandbox.tokenUrl(), form())).path("access_token").textValue());
        }
        assertThat(tokens).hasSize(3);
        assertThat(sandbox.referee().tokenRequestCount()).isEqualTo(3);
    }

    @Test
    void aRefusalIsAnOAuthErrorAndRecorded() throws Exception {
        var sandbox = start(CONFIG);

        var response = post(sandbox.tokenUrl(), "grant_type=client_credentials&client_id=me&client_secret=x");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"sandbox\"");
        assertThat(json(response).path("error").textValue()).isEqualTo("invalid_client");
        var recorded = sandbox.referee().tokenRequests().get(0);
        assertThat(recorded.clientId()).isEqualTo("me");
        assertThat(recorded.answer()).isEqualTo("invalid_client");
        assertThat(recorded.ok()).isFalse();
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void onlyPostIsAllowed() throws Exception {
        var sandbox = start(CONFIG);

        var response = http.send(
                HttpRequest.newBuilder(URI.create(sandbox.tokenUrl() + "?" + form()))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
        assertThat(sandbox.referee().violations(Kind.MALFORMED_TOKEN_REQUEST)).isEqualTo(1);
    }

    @Test
    void credentialsInTheUrlAreNotRead() throws Exception {
        var sandbox = start(CONFIG);

        var response = post(sandbox.tokenUrl() + "?" + form(), "");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(sandbox.referee().violations(Kind.MALFORMED_TOKEN_REQUEST)).isEqualTo(1);
    }

    @Test
    void anyOtherPathIsNotFound() throws Exception {
        var sandbox = start(CONFIG);
        var response = post("http://127.0.0.1:" + sandbox.port() + "/token", form());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(sandbox.referee().tokenRequests()).isEmpty();
    }

    @Test
    void aTokenEndpointThatHangsIsRecordedAsUnanswered() {
        var sandbox = startWith(new Stall(Occasion.TOKEN_REQUEST).once());
        var request = request(sandbox.tokenUrl())
                .timeout(Duration.ofMillis(200))
                .POST(BodyPublishers.ofString(form()))
                .build();

        assertThatThrownBy(() -> http.send(request, BodyHandlers.ofString())).isInstanceOf(HttpTimeoutException.class);

        assertThat(sandbox.referee().tokenRequests())
                .extracting(TokenRequest::answer)
                .containsExactly(TokenRequest.UNANSWERED);
    }

    @Test
    void aTokenEndpointAnswersWhateverItIsToldTo() throws Exception {
        var sandbox = startWith(new TokenAnswers(429, Map.of("Retry-After", "7"), "slow down").once());

        var limited = post(sandbox.tokenUrl(), form());
        var granted = post(sandbox.tokenUrl(), form());

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("7");
        assertThat(limited.body()).isEqualTo("slow down");
        assertThat(granted.statusCode()).isEqualTo(200);
        assertThat(sandbox.referee().tokenRequests())
                .extracting(TokenRequest::answer)
                .containsExactly(TokenRequest.UNANSWERED, TokenRequest.OK);
    }
}
