package io.github.cxoneassist.webhook;

import static io.github.cxoneassist.webhook.Senders.LOOPBACK;
import static io.github.cxoneassist.webhook.Senders.PATIENT;

import io.github.cxoneassist.tls.Tls;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The sender against real servers on this machine, by names that the test resolves. */
abstract class HttpSenderFixture {

    static final Duration SOON = Duration.ofMillis(400);

    final Senders senders = new Senders();
    final NamesThatChange names = new NamesThatChange("127.0.0.1");

    @AfterEach
    void close() {
        senders.close();
    }

    HttpSender impatient(NameResolver resolver) {
        return senders.sender(resolver, LOOPBACK, Tls.ofJvm(), PATIENT, SOON);
    }
}
