package io.github.cxoneassist.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.CapturedLog;
import io.github.cxoneassist.oauth.Certificates;
import io.github.cxoneassist.oauth.MuteTlsServer;
import io.github.cxoneassist.oauth.PlainTextServer;
import io.github.cxoneassist.oauth.TlsFront;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session over {@code wss:}: who is trusted, and what is said of who is not. */
class SessionTlsTest extends SessionFixture {

    private TestServer server;

    @BeforeEach
    void serve() {
        server = new TestServer(vertx);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aTrustedServerIsTalkedTo() {
        tls = Certificates.trusting();
        try (var front = front(Certificates.SERVER)) {
            start(url(front));

            session.send(suggestion("s-1"));

            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s-1"));
        }
    }

    @Test
    void anUntrustedServerGetsNoFrameAndTheTrustStoreIsNamed() {
        try (var front = front(Certificates.SERVER)) {
            start(url(front), SessionTlsTest::patient);

            assertThat(reason())
                    .startsWith("could not connect: the certificate of 127.0.0.1:" + front.port()
                            + " is not trusted: put its issuer into the trust store (sslContextParameters, else the"
                            + " JVM's own); next attempt in ");
            assertThat(recorder.latest(SessionState.BACKING_OFF).kind()).isEqualTo(SessionEvent.Kind.NETWORK);
            assertThat(server.mostOpen).hasValue(0);
        }
    }

    @Test
    void anExpiredCertificateIsNamedWithItsDate() {
        tls = Certificates.trusting();
        try (var front = front(Certificates.EXPIRED)) {
            start(url(front), SessionTlsTest::patient);

            assertThat(reason()).contains("127.0.0.1:" + front.port() + " has expired", "(NotAfter: ");
            assertThat(server.mostOpen).hasValue(0);
        }
    }

    @Test
    void aTrustedCertificateForAnotherHostIsRefused() {
        tls = Certificates.trusting();
        try (var front = front(Certificates.WRONG_HOST)) {
            start(url(front), SessionTlsTest::patient);

            assertThat(reason())
                    .startsWith("could not connect: the certificate of 127.0.0.1:" + front.port()
                            + " is not for this host (No subject alternative names matching IP address 127.0.0.1"
                            + " found): check the URL; else it needs one with this name; next attempt in ");
            assertThat(server.mostOpen).hasValue(0);
        }
    }

    @Test
    void aTrustedCertificateForAnotherNameIsRefused() {
        tls = Certificates.trusting();
        try (var front = front(Certificates.WRONG_HOST)) {
            start(URI.create("wss://localhost:" + front.port() + "/ws/v1"), SessionTlsTest::patient);

            assertThat(reason())
                    .contains("is not for this host (No subject alternative DNS name matching localhost found.)");
        }
    }

    @Test
    void itConnectsByItselfWhenTheCertificateIsMended() {
        tls = Certificates.trusting();
        try (var front = front(Certificates.EXPIRED)) {
            start(url(front));
            await().until(() -> recorder.count(SessionState.BACKING_OFF) >= 3);

            front.renew(Certificates.SERVER);

            awaitState(SessionState.READY);
        }
    }

    @Test
    void aTryThatFailsIsOneLineOfTheLogAndNoStackTrace() {
        try (var front = front(Certificates.SERVER);
                var log = new CapturedLog(Level.INFO)) {
            start(url(front));
            await().until(() -> recorder.count(SessionState.BACKING_OFF) >= 3);
            TestServer.await(session.stop());

            List<String> lines = log.text().lines().toList();
            assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("Session test: "));
            assertThat(lines.stream().filter(line -> line.contains("BACKING_OFF, attempt 2: ")))
                    .hasSize(1);
            assertThat(log.text()).doesNotContain("Exception");
        }
    }

    @Test
    void aClientCertificateIsShownWhereOneIsAskedFor() {
        tls = Certificates.context(Certificates.CLIENT.keyStore(), Certificates.trustStore());
        try (var front = TlsFront.forKnownClients(port())) {
            start(url(front));

            awaitState(SessionState.READY);
        }
    }

    @Test
    void aMissingClientCertificateIsNamed() {
        tls = Certificates.trusting();
        try (var front = TlsFront.forKnownClients(port())) {
            start(url(front), SessionTlsTest::patient);

            assertThat(reason())
                    .startsWith("could not connect: ")
                    .contains("client certificate", "put one that it accepts into the key store (sslContextParameters)")
                    .contains("127.0.0.1:" + front.port());
            assertThat(server.mostOpen).hasValue(0);
        }
    }

    @Test
    void aServerWithoutTlsIsNamed() throws Exception {
        try (var plain = new PlainTextServer()) {
            start(URI.create("wss://127.0.0.1:" + plain.port() + "/"), SessionTlsTest::patient);

            assertThat(reason()).contains("127.0.0.1:" + plain.port() + " does not speak TLS on this port");
        }
    }

    @Test
    void aServerThatNeverShakesHandsIsNoticedWithinTheHandshakeTimeout() throws Exception {
        try (var mute = new MuteTlsServer()) {
            long begin = System.nanoTime();
            start(URI.create("wss://127.0.0.1:" + mute.port() + "/"), options -> patient(options)
                    .handshakeTimeout(Duration.ofMillis(400)));

            assertThat(reason())
                    .startsWith("could not connect: TLS with 127.0.0.1:" + mute.port()
                            + " failed: handshake timed out after 400ms; next attempt in ");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(400), Duration.ofSeconds(4));
        }
    }

    private String reason() {
        awaitState(SessionState.BACKING_OFF);
        return session.status().reason();
    }

    /** Stays in the pause after the first failure for as long as the test looks at it. */
    private static SessionConfigBuilder patient(SessionConfigBuilder options) {
        return options.backoff(new Backoff(Duration.ofHours(10), Duration.ofHours(10)));
    }

    private int port() {
        return server.url().getPort();
    }

    private TlsFront front(Certificates certificate) {
        return TlsFront.of(port(), certificate);
    }

    private URI url(TlsFront front) {
        return URI.create(front.url(server.url().toString()));
    }
}
