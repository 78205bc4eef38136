package io.github.cxoneassist.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cxoneassist.tls.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The token endpoint over TLS: who is trusted, and what is said of who is not. */
@Timeout(60)
class TokenTlsTest {

    private static final String TOKEN = "{\"access_token\":\"the-token\",\"token_type\":\"Bearer\",\"expires_in\":60}";

    // one thread: what does not let go of it is noticed by the next request
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final TestTokenServer plain = AnsweringTokenServer.json(200, TOKEN);

    @AfterEach
    void tearDown() {
        executor.shutdownNow();
        plain.close();
    }

    @Test
    void aTrustedEndpointIsAsked() throws Exception {
        try (var front = front(Certificates.SERVER)) {
            assertThat(token(url(front), Certificates.trusting()).value()).isEqualTo("the-token");
        }
    }

    @Test
    void anUntrustedEndpointIsNotAskedAndTheTrustStoreIsNamed() {
        try (var front = front(Certificates.SERVER)) {
            TokenException failure = failure(url(front), Tls.ofJvm());

            assertThat(failure)
                    .hasMessage("Token endpoint could not be reached: the certificate of 127.0.0.1:" + front.port()
                            + " is not trusted: put its issuer into the trust store (sslContextParameters, else the"
                            + " JVM's own)");
            assertThat(failure.retryable()).isTrue();
            assertThat(plain.requests).isEmpty();
        }
    }

    @Test
    void anEmptyTrustStoreIsNamed() {
        try (var front = front(Certificates.SERVER)) {
            assertThat(failure(url(front), trusting(Certificates.emptyStore())))
                    .hasMessageContaining("is not trusted: the trust store holds no certificate to trust");
        }
    }

    @Test
    void anExpiredCertificateIsNamedWithItsDate() {
        try (var front = front(Certificates.EXPIRED)) {
            assertThat(failure(url(front), Certificates.trusting()))
                    .hasMessageContaining("the certificate of 127.0.0.1:" + front.port() + " has expired")
                    .hasMessageContaining("(NotAfter: ");
            assertThat(plain.requests).isEmpty();
        }
    }

    @Test
    void aCertificateOfTheFutureIsNamedWithItsDate() {
        try (var front = front(Certificates.NOT_YET_VALID)) {
            assertThat(failure(url(front), Certificates.trusting()))
                    .hasMessageContaining(" is not valid yet")
                    .hasMessageContaining("(NotBefore: ");
        }
    }

    @Test
    void aTrustedCertificateForAnotherHostIsRefused() {
        try (var front = front(Certificates.WRONG_HOST)) {
            assertThat(failure(url(front), Certificates.trusting()))
                    .hasMessage("Token endpoint could not be reached: the certificate of 127.0.0.1:" + front.port()
                            + " is not for this host (No subject alternative names matching IP address 127.0.0.1"
                            + " found): check the URL; else it needs one with this name");
            assertThat(plain.requests).isEmpty();
        }
    }

    @Test
    void aTrustedCertificateForAnotherNameIsRefused() {
        try (var front = front(Certificates.WRONG_HOST)) {
            URI byName = URI.create("https://localhost:" + front.port() + "/oauth2/token");

            assertThat(failure(byName, Certificates.trusting()))
                    .hasMessageContaining("is not for this host (No subject alternative DNS name matching localhost");
            assertThat(plain.requests).isEmpty();
        }
    }

    /** A line that is found in many applications, put there for one server and in force for all. */
    @Test
    void theHostIsCheckedEvenWhereTheApplicationSwitchedThatOffForTheWholeJvm() {
        HostnameVerifier before = HttpsURLConnection.getDefaultHostnameVerifier();
        HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
        com.nimbusds.oauth2.sdk.http.HTTPRequest.setDefaultHostnameVerifier((host, session) -> true);
        try (var front = front(Certificates.WRONG_HOST)) {
            assertThat(failure(url(front), Certificates.trusting())).hasMessageContaining("is not for this host");
            assertThat(plain.requests).isEmpty();
        } finally {
            HttpsURLConnection.setDefaultHostnameVerifier(before);
            com.nimbusds.oauth2.sdk.http.HTTPRequest.setDefaultHostnameVerifier(before);
        }
    }

    @Test
    void aClientCertificateIsShownWhereOneIsAskedFor() throws Exception {
        try (var front = TlsFront.forKnownClients(plain.url().getPort())) {
            SSLContext both = Certificates.context(Certificates.CLIENT.keyStore(), Certificates.trustStore());

            assertThat(token(url(front), both).value()).isEqualTo("the-token");
        }
    }

    @Test
    void aMissingClientCertificateIsNamed() {
        try (var front = TlsFront.forKnownClients(plain.url().getPort())) {
            assertThat(failure(url(front), Certificates.trusting()))
                    // most often as a broken connection: the server says it after the handshake, as we send
                    .hasMessageContaining("client certificate");
            assertThat(plain.requests).isEmpty();
        }
    }

    @Test
    void aServerWithoutTlsIsNamed() throws Exception {
        try (var server = new PlainTextServer()) {
            assertThat(failure(URI.create("https://127.0.0.1:" + server.port() + "/"), Certificates.trusting()))
                    .hasMessage("Token endpoint could not be reached: 127.0.0.1:" + server.port()
                            + " does not speak TLS on this port: check the URL");
        }
    }

    @Test
    void aServerThatNeverShakesHandsIsLeftAfterTheTimeout() throws Exception {
        try (var mute = new MuteTlsServer()) {
            assertThat(failure(URI.create("https://127.0.0.1:" + mute.port() + "/"), Certificates.trusting()))
                    .satisfies(failure -> assertThat(failure.retryable()).isTrue());
        }
        assertThatTheThreadIsFree();
    }

    @Test
    void aServerThatDripsItsHandshakeIsLeftAfterTheTimeoutAndTheThreadIsFree() throws Exception {
        try (var dripping = new DrippingTlsServer()) {
            assertThat(failure(URI.create("https://127.0.0.1:" + dripping.port() + "/"), Certificates.trusting()))
                    .hasMessageEndingWith("gave no answer within PT0.5S");
            assertThat(dripping.clientLeft.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatTheThreadIsFree();
        }
    }

    private void assertThatTheThreadIsFree() throws Exception {
        executor.submit(() -> {}).get(10, TimeUnit.SECONDS);
    }

    private TlsFront front(Certificates certificate) {
        return TlsFront.of(plain.url().getPort(), certificate);
    }

    private URI url(TlsFront front) {
        return URI.create(front.url(plain.url().toString()));
    }

    private static SSLContext trusting(Path trustStore) {
        return Certificates.context(null, trustStore);
    }

    private TokenException failure(URI url, SSLContext tls) {
        ExecutionException e = catchThrowableOfType(ExecutionException.class, () -> token(url, tls));
        return (TokenException) e.getCause();
    }

    private AccessToken token(URI url, SSLContext tls) throws Exception {
        // those that only hang have another path, and get little time for it
        boolean answers = url.getPath().equals("/oauth2/token");
        OAuthSettings settings = new OAuthSettings(
                url,
                Grant.CLIENT_CREDENTIALS,
                "app",
                "s3cr3t",
                null,
                null,
                null,
                answers ? null : Duration.ofMillis(500),
                null);
        return new OAuthTokenClient(settings, executor, Clock.systemUTC(), tls)
                .send()
                .toCompletableFuture()
                .get();
    }
}
