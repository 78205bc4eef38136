package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribersTest {

    private static final String SECRET = Events.SECRET;

    @Test
    void readsTheUrlsInTheirOrder() {
        List<Subscriber> subscribers =
                Subscribers.parse(" https://a.example/hook ,https://b.example:8443/h?x=1,", SECRET, true);

        assertThat(subscribers)
                .extracting(Subscriber::target)
                .containsExactly(
                        new Target.Url(URI.create("https://a.example/hook")),
                        new Target.Url(URI.create("https://b.example:8443/h?x=1")));
        assertThat(subscribers).extracting(Subscriber::secrets).containsOnly(List.of(SECRET));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void withoutUrlsThereAreNoSubscribersAndNoSecretIsNeeded(String urls) {
        assertThat(Subscribers.parse(urls, null, true)).isEmpty();
    }

    @Test
    void theIdIsTheSameForTheSameUrlHoweverItIsSpelled() {
        assertThat(Events.subscriber("https://a.example/hook").name())
                .isEqualTo("060adbbf00ecd0b5")
                .isEqualTo(Events.subscriber("HTTPS://A.Example:443/hook").name())
                .isNotEqualTo(Events.subscriber("https://a.example/Hook").name())
                .isNotEqualTo(Events.subscriber("https://a.example/hook?x=1").name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/hook",
                "http://127.0.0.1/hook",
                "http://127.9.9.9/hook",
                "http://[::1]:8080/hook",
                "http://LOCALHOST/hook"
            })
    void plainHttpIsTakenForTheOwnMachine(String url) {
        assertThat(Subscribers.parse(url, SECRET, true)).hasSize(1);
    }

    @Test
    void plainHttpIsRefusedWhereItIsNotAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscribers.parse("http://localhost:8080/hook", SECRET, false))
                .withMessageStartingWith("cxone.webhook-urls: entry 1 is not https: ");
    }

    @ParameterizedTest
    @CsvSource({
        "http://kb.example.com/hook, is not https",
        "http://localhost.evil.example/hook, is not https",
        "http://127.0.0.1.evil.example/hook, is not https",
        "http://10.0.0.1/hook, is not https",
        "ftp://kb.example.com/hook, is not https",
        "kb.example.com/hook, is not absolute",
        "/hook, is not absolute",
        "mailto:kb@example.com, is not absolute",
        "https:/hook, is not absolute",
        "https://kb.example.com/#x, has a fragment",
        "https://2130706433/, has an address in a spelling",
        "https://me:pw@kb.example.com/, carries a user",
        "https://me@kb.example.com/, carries a user",
        "https://kb_1.example.com/, has no valid host name",
        "https://kb.example.com/a b, is not a URL",
    })
    void aUrlThatWillNotDoIsRefusedWithItsReason(String url, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscribers.parse("https://fine.example," + url, SECRET, true))
                .withMessageStartingWith("cxone.webhook-urls: entry 2 ")
                .withMessageContaining(reason);
    }

    @Test
    void theSameUrlTwiceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscribers.parse(
                        "https://a.example/?token=hush,https://A.example:443/?token=hush", SECRET, true))
                .withMessageStartingWith(
                        "cxone.webhook-urls: entry 2 repeats an earlier one (https://A.example:443/?…)");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aMissingSecretIsNamed(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscribers.parse("https://a.example", secret, true))
                .withMessageStartingWith("cxone.webhook-secret is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
                "whsec_",
                "whsec_hush!",
                "whsk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
            })
    void aSecretOfAnotherFormIsRefusedAndNotShown(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscribers.parse("https://a.example", secret, true))
                .withMessage("cxone.webhook-secret must be whsec_ and the Base64 of 24 to 64 random bytes");
    }

    @ParameterizedTest
    @CsvSource({"23, false", "24, true", "64, true", "65, false"})
    void aSecretHas24To64Bytes(int length, boolean fine) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[length]);

        if (fine) {
            assertThat(Subscribers.parse("https://a.example", secret, true)).hasSize(1);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> Subscribers.parse("https://a.example", secret, true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example/?token=hush,http://b.example/?token=hush",
                "https://a.example/?token=hush hush",
                "https://u:hush@a.example"
            })
    void noErrorShowsWhatTheUrlKeepsSecret(String urls) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subscribers.parse(urls, SECRET, true))
                .withNoCause()
                .withMessageNotContaining("hush");
    }

    @Test
    void aSubscriberDoesNotTellItsSecrets() {
        Subscriber subscriber = Events.subscriber("https://a.example/hook?token=hush");

        assertThat(subscriber).hasToString("Subscriber[" + subscriber.name() + ", https://a.example/hook?…]");
    }
}
