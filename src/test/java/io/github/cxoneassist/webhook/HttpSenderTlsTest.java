package io.github.cxoneassist.webhook;

import static io.github.cxoneassist.webhook.Senders.LOOPBACK;
import static io.github.cxoneassist.webhook.Senders.PATIENT;
import static io.github.cxoneassist.webhook.Senders.failure;
import static io.github.cxoneassist.webhook.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.oauth.Certificates;
import io.github.cxoneassist.oauth.MuteTlsServer;
import io.github.cxoneassist.tls.Tls;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The name of the URL is what the certificate has to be for, though an address is dialled. */
class HttpSenderTlsTest {

    private static final String NAME = "cxone.example";

    private final Senders senders = new Senders();
    private final NamesThatChange names = new NamesThatChange("127.0.0.1");

    @AfterEach
    void close() {
        senders.close();
    }

    @Test
    void theNameIsInTheHandshakeTheCertificateAndTheHostHeader() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.WRONG_HOST)) {
            assertThat(post(trusting(), receiver.subscriber(NAME)).status()).isEqualTo(204);

            assertThat(receiver.requests())
                    .containsExactly("HTTP_1_1 sni=cxone.example host=cxone.example:" + receiver.port() + " /hook");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefusedThoughTheAddressIsRight() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.WRONG_HOST)) {
            assertThat(failure(trusting(), receiver.subscriber("kb.example")))
                    .startsWith("the certificate of kb.example:" + receiver.port() + " is not for this host");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void aCertificateForTheAddressIsNotOneForTheName() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.SERVER)) {
            assertThat(failure(trusting(), receiver.subscriber(NAME)))
                    .startsWith("the certificate of cxone.example:" + receiver.port() + " is not for this host");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void anAddressInTheUrlNeedsACertificateForIt() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.SERVER);
                TlsReceiver other = new TlsReceiver(Certificates.WRONG_HOST)) {
            assertThat(post(trusting(), receiver.subscriber("127.0.0.1")).status())
                    .isEqualTo(204);
            assertThat(failure(trusting(), other.subscriber("127.0.0.1"))).contains(" is not for this host");
        }
    }

    @Test
    void aConnectionOfOneNameDoesNotServeAnotherAtTheSameAddress() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.WRONG_HOST)) {
            HttpSender sender = trusting();
            post(sender, receiver.subscriber(NAME));

            assertThat(failure(sender, receiver.subscriber("kb.example"))).contains(" is not for this host");
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionIsUsedAgainForTheSameNameAndAddress() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.WRONG_HOST)) {
            HttpSender sender = trusting();
            post(sender, receiver.subscriber(NAME));
            post(sender, receiver.subscriber(NAME));

            assertThat(receiver.requests()).hasSize(2);
            assertThat(receiver.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatTheJvmDoesNotTrustIsRefusedUnlessTheContextDoes() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.WRONG_HOST)) {
            assertThat(failure(senders.sender(names, LOOPBACK), receiver.subscriber(NAME)))
                    .startsWith("the certificate of cxone.example:" + receiver.port() + " is not trusted: ");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void aForbiddenAddressIsNotEvenDialled() throws Exception {
        try (TlsReceiver receiver = new TlsReceiver(Certificates.WRONG_HOST)) {
            HttpSender strict =
                    senders.sender(names, AddressRules.allowing(""), Certificates.trusting(), PATIENT, PATIENT);

            assertThat(failure(strict, receiver.subscriber(NAME)))
                    .startsWith("cxone.example is at 127.0.0.1, a loopback address, ");
            assertThat(receiver.connections()).isZero();
        }
    }

    @Test
    void aHandshakeThatIsNeverAnsweredEndsTheTry() throws Exception {
        try (MuteTlsServer mute = new MuteTlsServer()) {
            HttpSender sender = senders.sender(names, LOOPBACK, Tls.ofJvm(), Duration.ofMillis(400), PATIENT);

            assertThat(failure(sender, Events.subscriber("https://" + NAME + ":" + mute.port() + "/hush")))
                    .isEqualTo("TLS with cxone.example:" + mute.port() + " failed: handshake timed out after 400ms");
        }
    }

    private HttpSender trusting() {
        return senders.sender(names, LOOPBACK, Certificates.trusting(), PATIENT, PATIENT);
    }
}
