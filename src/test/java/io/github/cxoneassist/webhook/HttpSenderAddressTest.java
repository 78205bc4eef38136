package io.github.cxoneassist.webhook;

import static io.github.cxoneassist.webhook.Senders.LOOPBACK;
import static io.github.cxoneassist.webhook.Senders.failure;
import static io.github.cxoneassist.webhook.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is dialled: an address that was checked, and no other. */
class HttpSenderAddressTest extends HttpSenderFixture {

    @Test
    void anAddressInTheUrlIsNotLookedUpButChecked() throws Exception {
        try (Receiver receiver = new WillingReceiver()) {
            post(senders.sender(names, LOOPBACK), receiver.subscriberAt("127.0.0.1"));

            String refused = failure(senders.sender(names, AddressRules.allowing("")), receiver.subscriber());

            assertThat(refused)
                    .isEqualTo("127.0.0.1 is at 127.0.0.1, a loopback address, which is not called unless"
                            + " cxone.webhook.allowed-networks names it");
            assertThat(names.asked()).isEmpty();
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "93.184.216.34 10.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::10.0.0.1 93.184.216.34",
                "169.254.169.254",
                "0.0.0.0",
                "2606:4700::1111 fe80::1"
            })
    void aNameWithAnyForbiddenAddressIsRefused(String addresses) {
        HttpSender sender = senders.sender(new NamesThatChange(addresses), LOOPBACK);

        assertThat(failure(sender, Events.subscriber("https://kb.example/hush?token=hush")))
                .startsWith("kb.example is at ")
                .endsWith(", which is not called unless cxone.webhook.allowed-networks names it");
    }

    /** Whoever looked the name up again, here or in the operating system, would come to the other one. */
    @Test
    void theAddressThatWasCheckedIsTheOneThatIsDialled() throws Exception {
        try (Receiver rebound = new WillingReceiver();
                Receiver checked = new WillingReceiver(new InetSocketAddress("127.0.0.2", rebound.port()))) {
            NamesThatChange rebinding = new NamesThatChange("127.0.0.2", "127.0.0.1");

            post(senders.sender(rebinding, AddressRules.allowing("127.0.0.2")), checked.subscriberAt("localhost"));

            assertThat(rebinding.asked()).containsExactly("localhost");
            assertThat(checked.requests()).hasSize(1);
            assertThat(rebound.requests()).isEmpty();
        }
    }

    @Test
    void aNameThatTurnsForbiddenIsRefusedThoughAConnectionIsOpen() throws Exception {
        try (Receiver rebound = new WillingReceiver();
                Receiver checked = new WillingReceiver(new InetSocketAddress("127.0.0.2", rebound.port()))) {
            HttpSender sender =
                    senders.sender(new NamesThatChange("127.0.0.2", "127.0.0.1"), AddressRules.allowing("127.0.0.2"));
            post(sender, checked.subscriberAt("localhost"));

            assertThat(failure(sender, checked.subscriberAt("localhost")))
                    .startsWith("localhost is at 127.0.0.1, a loopback address, ");
            assertThat(checked.requests()).hasSize(1);
            assertThat(rebound.requests()).isEmpty();
        }
    }

    @Test
    void aConnectionIsUsedAgainForTheSameAddressOnly() throws Exception {
        try (Receiver one = new WillingReceiver();
                Receiver other = new WillingReceiver(new InetSocketAddress("127.0.0.2", one.port()))) {
            HttpSender sender = senders.sender(new NamesThatChange("127.0.0.1", "127.0.0.1", "127.0.0.2"), LOOPBACK);

            for (int i = 0; i < 3; i++) {
                post(sender, one.subscriberAt("localhost"));
            }

            assertThat(one.requests()).hasSize(2);
            assertThat(one.requests().get(0).fromPort())
                    .isEqualTo(one.requests().get(1).fromPort());
            assertThat(other.requests()).hasSize(1);
        }
    }

    @Test
    void plainHttpGoesToTheOwnMachineWhateverTheNameServerSays() {
        HttpSender sender = senders.sender(new NamesThatChange("10.0.0.1"), AddressRules.allowing("10.0.0.0/8"));

        assertThat(failure(sender, Events.subscriber("http://localhost:1/hush")))
                .isEqualTo("localhost is at 10.0.0.1, which is not the own machine, and the URL is not https");
    }

    @Test
    void anAddressThatCannotBeReachedGivesWayToTheNext() throws Exception {
        try (Receiver receiver = new WillingReceiver()) {
            HttpSender sender = senders.sender(new NamesThatChange("127.0.0.3 127.0.0.1"), LOOPBACK);

            assertThat(post(sender, receiver.subscriberAt("localhost")).status())
                    .isEqualTo(204);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void aNameWithoutAddressesIsSaid() {
        assertThat(failure(
                        senders.sender(new NamesThatChange(""), LOOPBACK),
                        Events.subscriber("https://kb.example/hush")))
                .isEqualTo("the name kb.example could not be looked up");
        assertThat(failure(
                        senders.sender(name -> CompletableFuture.failedFuture(new IOException("hush")), LOOPBACK),
                        Events.subscriber("https://kb.example/hush")))
                .isEqualTo("the name kb.example could not be looked up");
    }

    @Test
    void aNameServerThatKeepsQuietEndsTheTry() {
        HttpSender sender = impatient(name -> new CompletableFuture<>());

        assertThat(failure(sender, Events.subscriber("https://kb.example/hush")))
                .isEqualTo("the name kb.example could not be looked up within PT0.4S");
    }

    @Test
    void aUrlOfAWrongFormIsNotCalled() {
        Subscriber made = Subscriber.of("id", new Target.Url(URI.create("http://10.0.0.1/hush")), Events.SECRET);

        assertThat(failure(senders.sender(names, AddressRules.allowing("0.0.0.0/0")), made))
                .startsWith("the URL is not https: ");
    }
}
