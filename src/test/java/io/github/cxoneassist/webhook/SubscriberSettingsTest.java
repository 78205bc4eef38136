package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriberSettingsTest {

    private static final String KB = "cxone.webhook.subscribers.kb";
    private static final String OTHER_SECRET = "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=";
    private static final Set<String> JOURNAL = Set.of("accepted", "dismissed", "expired", "webhook_failed");

    private boolean httpToLoopback;

    @TempDir
    Path folder;

    private final Map<String, String> settings =
            new HashMap<>(Map.of(KB + ".url", "https://kb.example.com/hook", KB + ".secret", Events.SECRET));

    @Test
    void aUrlAndASecretAreEnough() {
        assertThat(read().orElseThrow())
                .containsExactly(
                        Subscriber.of("kb", new Target.Url(URI.create("https://kb.example.com/hook")), Events.SECRET));
    }

    @Test
    void everythingElseMayBeSaid() {
        settings.put(KB + ".secret", Events.SECRET + " " + OTHER_SECRET);
        settings.put(KB + ".events", "accepted, expired");
        settings.put(KB + ".headers.X-Tenant", "blue");
        settings.put(KB + ".paused", "true");
        settings.put(KB + ".with-text", "true");
        settings.put(KB + ".parallel", "1");

        assertThat(read().orElseThrow())
                .containsExactly(new Subscriber(
                        "kb",
                        new Target.Url(URI.create("https://kb.example.com/hook")),
                        Set.of("accepted", "expired"),
                        List.of(Events.SECRET, OTHER_SECRET),
                        Map.of("X-Tenant", "blue"),
                        true,
                        true,
                        1));
    }

    @Test
    void theyComeInTheOrderOfTheirNames() {
        settings.put("cxone.webhook.subscribers.a.endpoint", "kafka:decisions?brokers=k:9092");
        settings.put("cxone.webhook.subscribers.z.url", "https://z.example.com");
        settings.put("cxone.webhook.subscribers.z.secret", OTHER_SECRET);

        assertThat(read().orElseThrow()).extracting(Subscriber::name).containsExactly("a", "kb", "z");
    }

    @Test
    void anEndpointNeedsNoSecret() {
        settings.clear();
        settings.put(KB + ".endpoint", "kafka:decisions?brokers=k:9092");

        Subscriber subscriber = read().orElseThrow().get(0);
        assertThat(subscriber.target()).isEqualTo(new Target.Endpoint("kafka:decisions?brokers=k:9092"));
        assertThat(subscriber.secrets()).isEmpty();
    }

    @Test
    void secretsMayStandInAFileTheNewestFirst() throws Exception {
        settings.remove(KB + ".secret");
        settings.put(
                KB + ".secret-file",
                Files.writeString(folder.resolve("kb"), OTHER_SECRET + "\n" + Events.SECRET + "\n")
                        .toString());

        assertThat(read().orElseThrow().get(0).secrets()).containsExactly(OTHER_SECRET, Events.SECRET);
    }

    @Test
    void aBlankSettingIsNotSet() {
        settings.put(KB + ".endpoint", " ");
        settings.put("cxone.webhook.subscribers.none.url", "");

        assertThat(read().orElseThrow()).hasSize(1);
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsSetting() {
        settings.put(KB + ".secret", "hush");
        settings.put(KB + ".events", "accepted,exploded");
        settings.put(KB + ".parallel", "0");
        settings.put(KB + ".paused", "yes");
        settings.put(KB + ".headers.Webhook-Id", "1");
        settings.put(KB + ".ulr", "x");
        settings.put("cxone.webhook.subscribers.Other.url", "https://other.example.com/");
        settings.put("cxone.webhook.subscribers.Other.secret", Events.SECRET);

        assertThat(read().problems())
                .containsExactly(
                        "cxone.webhook.subscribers.Other has to be 1 to 63 lower case letters, digits and hyphens, with none of"
                                + " the latter at its ends.",
                        KB + ".headers.Webhook-Id is a header that each delivery has of its own.",
                        KB
                                + ".ulr is no setting of a subscriber. These are: endpoint, events, parallel, paused, secret,"
                                + " secret-file, url, with-text, headers.NAME.",
                        KB
                                + ".secret has to be whsec_ and the Base64 of 24 to 64 random bytes, or whsk_ and the Base64 of an"
                                + " Ed25519 key of 32 bytes.",
                        KB
                                + ".events names 'exploded', which is no event of the audit log. These are: accepted, dismissed,"
                                + " expired.",
                        KB + ".paused has to be true or false.",
                        KB + ".parallel has to be a whole number from 1 to 64.");
        assertThat(read().subscribers()).isEmpty();
    }

    @Test
    void nobodyIsToldOfFailedWebhooksByAWebhook() {
        settings.put(KB + ".events", "webhook_failed");

        assertThat(read().problems())
                .containsExactly(
                        KB + ".events names webhook_failed, and a subscriber that fails would be told so, and fail,"
                                + " and be told so, for ever.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"archived", "legal_hold_set", "legal_hold_released"})
    void whatOnlyOperatorsRecordIsNoEventToBeToldOf(String event) {
        settings.put(KB + ".events", "accepted," + event);

        assertThat(read().problems())
                .containsExactly(
                        KB + ".events names " + event + ", which operators' commands record in a log of their own,"
                                + " beside the one that subscribers are told of.");
    }

    @Test
    void theEventsThatAreOfferedAreThoseThatCanCome() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubscriberRules.events(
                        "exploded",
                        Set.of("accepted", "webhook_failed", "archived", "legal_hold_set", "legal_hold_released")))
                .withMessage("names 'exploded', which is no event of the audit log. These are: accepted");
    }

    @Test
    void aMissingSecretIsNamed() {
        settings.remove(KB + ".secret");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> read().orElseThrow())
                .withMessage(KB + ".secret is not set: whsec_ and the Base64 of 24 to 64 random bytes, or whsk_ and the"
                        + " Base64 of an Ed25519 key of 32 bytes.");
    }

    @Test
    void aUrlAndAnEndpointAreOneTooMany() {
        settings.put(KB + ".endpoint", "kafka:decisions");

        assertThat(read().problems()).containsExactly(KB + " has a url and an endpoint: it is one of both.");
    }

    @Test
    void aThirdSecretIsOneTooMany() {
        settings.put(KB + ".secret", String.join(",", Events.SECRET, Events.SECRET, Events.SECRET));

        assertThat(read().problems())
                .containsExactly(KB + ".secret holds more than two secrets: the one in use, and the one before it.");
    }

    @ParameterizedTest
    @CsvSource({
        "http://kb.example.com/hook, is not https",
        "http://localhost.evil.example/hook, is not https",
        "http://127.0.0.1.evil.example/hook, is not https",
        "http://10.0.0.1/hook, is not https",
        "ftp://kb.example.com/hook, is not https",
        "kb.example.com/hook, is not absolute",
        "mailto:kb@example.com, is not absolute",
        "https:/hook, is not absolute",
        "https://me:pw@kb.example.com/, carries a user",
        "https://kb_1.example.com/, has no valid host name",
        "https://kb.example.com/a b, is not a URL",
    })
    void aUrlThatWillNotDoIsRefusedWithItsReason(String url, String reason) {
        settings.put(KB + ".url", url);

        assertThat(read().problems()).singleElement().asString().startsWith(KB + ".url " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/hook",
                "http://127.9.9.9/hook",
                "http://[::1]:8080/hook",
                "http://LOCALHOST/hook"
            })
    void plainHttpIsTakenForTheOwnMachineWhereThatIsAllowed(String url) {
        settings.put(KB + ".url", url);
        assertThat(read().problems()).singleElement().asString().startsWith(KB + ".url is not https");

        httpToLoopback = true;

        assertThat(read().orElseThrow()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "vertx-http:http://10.0.0.1",
                "netty-http:http:10.0.0.1",
                "HTTPS:x",
                "undertow:http://10.0.0.1",
                "Jetty:http://10.0.0.1",
                "graphql:http://10.0.0.1/graphql",
                "rest:post:hook",
                "rest-openapi:spec.json#op",
                "cxf:bean:soap",
                "cxfrs:http://10.0.0.1",
                "servlet:hook",
                "atmosphere-websocket:hook",
                "vertx-websocket:10.0.0.1/hook"
            })
    void anEndpointIsNoWayAroundTheRulesForUrls(String uri) {
        settings.clear();
        settings.put(KB + ".endpoint", uri);

        assertThat(read().problems()).singleElement().asString().startsWith(KB + ".endpoint is an HTTP endpoint");
    }

    @Test
    void thePageNamesEachSchemeThatIsNoWayAroundTheRulesForUrls() throws Exception {
        String page = Files.readString(Path.of("docs/webhooks.md"));

        assertThat(SubscriberRules.HTTP_SCHEMES).isNotEmpty().allSatisfy(scheme -> assertThat(page)
                .contains("`" + scheme + "`"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://b.example/?token=hush",
                "https://a.example/?token=hush hush",
                "https://u:hush@a.example",
                "hush"
            })
    void noProblemShowsWhatAValueKeepsSecret(String value) {
        settings.put(KB + ".url", value);
        settings.put(KB + ".secret", value);
        settings.put(KB + ".headers.Authorization", value + "\u0007");

        assertThat(read().problems()).hasSize(3).noneMatch(problem -> problem.contains("hush"));
    }

    private SubscriberSettings read() {
        return SubscriberSettings.read(settings, JOURNAL, httpToLoopback);
    }
}
