package io.github.cxoneassist.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class OAuthTokenClientTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String HOSTILE = "a&b=c+d e%41\"'\\/:ü€😀#?;";

    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    @Test
    void clientCredentialsTravelInTheFormBody() throws Exception {
        try (var server = AnsweringTokenServer.json(200, token("3600"))) {
            AccessToken token = client(clientCredentials(server.url(), "app", HOSTILE))
                    .send()
                    .toCompletableFuture()
                    .get();

            assertThat(token).isEqualTo(new AccessToken("the-token", NOW.plusSeconds(3600)));
            TestTokenServer.Request request = server.requests.get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.contentType()).startsWith("application/x-www-form-urlencoded");
            assertThat(request.authorization()).isNull();
            assertThat(request.form())
                    .isEqualTo(Map.of(
                            "grant_type", "client_credentials",
                            "client_id", "app",
                            "client_secret", HOSTILE,
                            "scope", "agentassist:write interaction:read"));
        }
    }

    @Test
    void thePasswordGrantSendsTheKeyInTheBodyAndTheClientByBasic() throws Exception {
        try (var server = AnsweringTokenServer.json(200, token("3600"))) {
            client(password(server.url())).send().toCompletableFuture().get();

            TestTokenServer.Request request = server.requests.get(0);
            assertThat(request.basic()).isEqualTo(List.of("app:id", HOSTILE));
            assertThat(request.form())
                    .isEqualTo(Map.of("grant_type", "password", "username", "key" + HOSTILE, "password", HOSTILE));
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 30", "0, 300", "-5, 300", "99999999999, 31536000"})
    void expiresInBecomesTheExpiry(String expiresIn, long seconds) throws Exception {
        try (var server = AnsweringTokenServer.json(200, token(expiresIn))) {
            assertThat(ask(server.url()).expiresAt()).isEqualTo(NOW.plusSeconds(seconds));
        }
    }

    @Test
    void withoutExpiresInATokenLivesFiveMinutes() throws Exception {
        try (var server = AnsweringTokenServer.json(200, "{\"access_token\":\"t\",\"token_type\":\"bearer\"}")) {
            assertThat(ask(server.url()).expiresAt()).isEqualTo(NOW.plusSeconds(300));
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 3600", "',\"expires_in\":null', 3600", "',\"expires_in\":0', 300", "',\"expires_in\":30', 30"})
    void theDefaultLifetimeOfTheSettingsIsForAnAnswerThatNamesNone(String expiresIn, long seconds) throws Exception {
        String body = "{\"access_token\":\"t\",\"token_type\":\"bearer\"" + expiresIn + "}";
        try (var server = AnsweringTokenServer.json(200, body)) {
            OAuthSettings settings = new OAuthSettings(
                    server.url(),
                    Grant.CLIENT_CREDENTIALS,
                    "app",
                    "s",
                    null,
                    null,
                    null,
                    null,
                    null,
                    Duration.ofHours(1));

            assertThat(client(settings).send().toCompletableFuture().get().expiresAt())
                    .isEqualTo(NOW.plusSeconds(seconds));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void aRefusedClientIsNotRetryable(int status) {
        try (var server = AnsweringTokenServer.json(
                status, "{\"error\":\"invalid_client\",\"error_description\":\"secret s3cr3t is wrong\"}")) {
            TokenException failure = failure(server.url());

            assertThat(failure.retryable()).isFalse();
            assertThat(failure.retryAfter()).isEmpty();
            assertThat(failure)
                    .hasMessage("Token endpoint " + server.url().getAuthority() + " answered " + status
                            + " (invalid_client): check client id, client secret, scope and grant");
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"7, 7", "none, 2", "'Sun, 22 Nov 2026 08:00:30 GMT', 30", "soon, 2", "86400, 3600"})
    void tooManyRequestsSayWhenToComeBack(String retryAfter, long seconds) {
        try (var server = new AnsweringTokenServer(429, "text/plain", "slow down", retryAfter)) {
            TokenException failure = failure(server.url());

            assertThat(failure.retryable()).isTrue();
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(seconds));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void aServerErrorIsRetryable(int status) {
        try (var server = new AnsweringTokenServer(status, "text/html", "<h1>oops</h1>", null)) {
            TokenException failure = failure(server.url());

            assertThat(failure.retryable()).isTrue();
            assertThat(failure.retryAfter()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "[]",
                "",
                "<html>sign in</html>",
                "{\"access_token\":\"\",\"token_type\":\"bearer\"}",
                "{\"access_token\":7,\"token_type\":\"bearer\"}",
                "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":\"soon\"}"
            })
    void anAnswerWithoutATokenIsAFailure(String body) {
        try (var server = AnsweringTokenServer.json(200, body)) {
            TokenException failure = failure(server.url());

            assertThat(failure.retryable()).isTrue();
            assertThat(failure)
                    .hasMessageStartingWith("Token endpoint " + server.url().getAuthority() + " answered 200");
        }
    }

    @Test
    void aPageOfHtmlIsAFailure() {
        try (var server = new AnsweringTokenServer(200, "text/html", "<html>sign in</html>", null)) {
            assertThat(failure(server.url()).retryable()).isTrue();
        }
    }

    @Test
    void anEndlessAnswerIsCutOff() {
        try (var server = AnsweringTokenServer.json(200, " ".repeat(300_000) + token("60"))) {
            assertThat(failure(server.url())).hasRootCauseMessage("The answer is longer than 262144 bytes");
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        try (var server = new RedirectingTokenServer()) {
            assertThat(failure(server.url()).retryable()).isFalse();
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void aServerThatHangsIsLeftAfterTheTimeout() {
        try (var server = new HangingTokenServer()) {
            TokenException failure = failure(impatient(server.url()));

            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    void aServerThatDripsIsLeftAfterTheTimeoutAndTheThreadIsFree() throws Exception {
        try (var server = new DrippingTokenServer()) {
            TokenException failure = failure(impatient(server.url()));

            assertThat(failure).hasMessageEndingWith("gave no answer within PT0.3S");
            assertThat(server.clientLeft.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aClosedPortIsRetryable() {
        URI closed;
        try (var server = new HangingTokenServer()) {
            closed = server.url();
        }

        TokenException failure = failure(closed);

        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("could not be reached (ConnectException)");
    }

    @Test
    void anExecutorThatIsShutDownIsAFailureAndNoException() {
        executor.shutdownNow();

        assertThat(failure(URI.create("http://localhost:1/")).retryable()).isTrue();
    }

    @Test
    void neitherSecretNorTokenShowsInLogsOrExceptions() throws Exception {
        String echo = "{\"error\":\"S3CR3T\",\"error_description\":\"S3CR3T\",\"access_token\":\"T0K3N\"}";
        StringWriter said = new StringWriter();
        try (var log = new CapturedLog();
                var refusing = AnsweringTokenServer.json(401, echo);
                var broken = AnsweringTokenServer.json(200, "T0K3N" + echo);
                var fine = AnsweringTokenServer.json(200, "{\"access_token\":\"T0K3N\",\"token_type\":\"Bearer\"}")) {
            for (TestTokenServer server : List.of(refusing, broken)) {
                failure(clientCredentials(server.url(), "app", "S3CR3T")).printStackTrace(new PrintWriter(said));
            }
            said.append(client(clientCredentials(fine.url(), "app", "S3CR3T"))
                    .send()
                    .toCompletableFuture()
                    .get()
                    .toString());
            said.append(password(fine.url()).toString());

            assertThat(said.toString() + log.text()).doesNotContain("S3CR3T", "T0K3N", HOSTILE);
        }
    }

    private AccessToken ask(URI url) throws Exception {
        return client(OAuthSettings.clientCredentials(url, "app", "s3cr3t"))
                .send()
                .toCompletableFuture()
                .get();
    }

    private TokenException failure(URI url) {
        return failure(OAuthSettings.clientCredentials(url, "app", "s3cr3t"));
    }

    private TokenException failure(OAuthSettings settings) {
        ExecutionException e = catchThrowableOfType(
                ExecutionException.class,
                () -> client(settings).send().toCompletableFuture().get());
        return (TokenException) e.getCause();
    }

    private OAuthTokenClient client(OAuthSettings settings) {
        return new OAuthTokenClient(settings, executor, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static OAuthSettings clientCredentials(URI url, String id, String secret) {
        return OAuthSettings.clientCredentials(url, id, secret);
    }

    private static OAuthSettings impatient(URI url) {
        return new OAuthSettings(
                url, Grant.CLIENT_CREDENTIALS, "app", "s", null, null, null, Duration.ofMillis(300), null);
    }

    private static OAuthSettings password(URI url) {
        return new OAuthSettings(url, Grant.PASSWORD, "app:id", HOSTILE, null, "key" + HOSTILE, HOSTILE, null, null);
    }

    private static String token(String expiresIn) {
        return "{\"access_token\":\"the-token\",\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn + "}";
    }
}
