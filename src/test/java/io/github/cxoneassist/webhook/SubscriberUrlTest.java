package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://kb.example.com, kb.example.com, 443, /, kb.example.com",
        "HTTPS://KB.Example.com:443/a/b?c=d&e, kb.example.com, 443, /a/b?c=d&e, kb.example.com",
        "https://kb.example.com:8443?c=/d, kb.example.com, 8443, /?c=/d, kb.example.com:8443",
        "https://kb.example.com:/x, kb.example.com, 443, /x, kb.example.com",
        "https://kb.example.com/ü, kb.example.com, 443, /%C3%BC, kb.example.com",
        "https://93.184.216.34/x, 93.184.216.34, 443, /x, 93.184.216.34",
        "https://[2606:4700:0:0::1111]:8443/x, 2606:4700::1111, 8443, /x, [2606:4700::1111]:8443",
        "https://xn--mller-kva.example/, xn--mller-kva.example, 443, /, xn--mller-kva.example",
        "https://intranet/, intranet, 443, /, intranet",
    })
    void anHttpsUrlIsTakenApart(String text, String host, int port, String target, String authority) {
        SubscriberUrl url = SubscriberUrl.parse(text, false);

        assertThat(url.tls()).isTrue();
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/x",
                "http://LOCALHOST:8080/x",
                "http://127.0.0.1/x",
                "http://127.9.9.9/x",
                "http://[::1]:8080/x",
                "http://[0:0:0:0:0:0:0:1]/x",
                "http://[::ffff:127.0.0.1]/x"
            })
    void plainHttpToTheOwnMachineIsForWhereItIsAllowed(String text) {
        assertThat(SubscriberUrl.parse(text, true).tls()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriberUrl.parse(text, false))
                .withMessage("is not https: plain http to the own machine is for the sandbox and for tests; there,"
                        + " cxone.webhook.http-to-loopback is true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://kb.example.com/",
                "http://10.0.0.1/",
                "http://localhost.evil.example/",
                "http://127.0.0.1.evil.example/",
                "http://[::2]/",
                "ftp://kb.example.com/",
                "ftp://localhost/",
                "file://localhost/etc/passwd",
                "gopher://127.0.0.1/"
            })
    void nothingElseIsTakenWithoutTls(String text) {
        assertRefused(text, "is not https: plain http is taken for localhost, 127.0.0.1 and [::1] alone");
    }

    /** Each is 127.0.0.1 or 10.0.0.1 for somebody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "１２７.0.0.1",
                "0x7f000001",
                "0X7F000001",
                "017700000001",
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "127.0.0.0x1",
                "127.0.0.01",
                "0127.0.0.1",
                "127.0.0.1.",
                "127.0.0.256",
                "1.127.0.0.1",
                "00000000012.0.0.1",
                "0x",
                "kb.example.1"
            })
    void anOddSpellingOfAnIpv4AddressIsRefused(String host) {
        assertRefused(
                "https://" + host + ":8443/x?token=hush",
                "has an address in a spelling that not everybody reads alike: write an IPv4 address as four decimal"
                        + " numbers from 0 to 255, without zeros in front");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127。0。0。1",
                "127.0.0%2e1",
                "ⓛocalhost",
                "müller.example",
                "kb_1.example.com",
                "-kb.example.com",
                "kb-.example.com",
                "kb..example.com",
                "",
                "[::1",
                "[::1]evil",
                "[::g]",
                "[v1.x]",
                "a23456789012345678901234567890123456789012345678901234567890.1234.example:port"
            })
    void aHostThatIsNoneIsRefused(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriberUrl.parse("https://" + host + "/x?token=hush", true))
                .withMessageMatching("has no valid host name|is not a URL: .*|is not absolute: .*")
                .withMessageNotContaining("hush");
    }

    @Test
    void aLabelIsAtMost63Long() {
        assertThat(SubscriberUrl.parse("https://" + "a".repeat(63) + ".example/", false)
                        .host())
                .hasSize(71);
        assertRefused("https://" + "a".repeat(64) + ".example/", "has no valid host name");
    }

    @ParameterizedTest
    @CsvSource({
        "https://[fe80::1%25eth0]/, has an address with a zone",
        "https://[fe80::1%eth0]/, has an address with a zone",
        "https://kb.example.com./, has a host name with a dot at its end",
        "https://me:hush@kb.example.com/, carries a user or password",
        "https://kb.example.com@evil.example/, carries a user or password",
        "https://kb.example.com/#hush, has a fragment",
        "https://kb.example.com:0/, has a port that is not between 1 and 65535",
        "https://kb.example.com:65536/, has a port that is not between 1 and 65535",
        "kb.example.com/hook, is not absolute",
        "//kb.example.com/hook, is not absolute",
        "mailto:hush@example.com, is not absolute",
        "https:/hook, is not absolute",
        "'https://kb.example.com/a b?hush', is not a URL: Illegal character in path at character 25",
        "'https://kb.example.com/\\hush', is not a URL: Illegal character in path at character 24",
    })
    void aUrlThatWillNotDoIsRefusedWithItsReason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriberUrl.parse(text, true))
                .withNoCause()
                .withMessageStartingWith(reason)
                .withMessageNotContaining("hush");
    }

    @Test
    void anAddressInTheUrlIsGivenAsOne() {
        assertThat(SubscriberUrl.parse("https://[::ffff:10.0.0.1]/", false).literal())
                .contains(Network.address(new byte[] {10, 0, 0, 1}));
        assertThat(SubscriberUrl.parse("https://kb.example.com/", false).literal())
                .isEmpty();
    }

    @Test
    void itShowsNeitherPathNorQuery() {
        assertThat(SubscriberUrl.parse("https://kb.example.com:8443/hush?hush", false))
                .hasToString("https://kb.example.com:8443");
    }

    private static void assertRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriberUrl.parse(text, true))
                .withMessage(message)
                .withNoCause();
    }
}
