package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cxoneassist.webhook.SubscriberSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private final Map<String, String> settings =
            new HashMap<>(Map.of("cxone.region", "us", "cxone.client-id", "id", "cxone.client-secret", "secret"));

    @Test
    void regionAndCredentialsAreEnough() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void bothAddressesStandInForTheRegion() {
        settings.remove("cxone.region");
        settings.put("cxone.token-url", "https://cxone.example.com/token");
        settings.put("cxone.websocket-url", "wss://cxone.example.com/ws");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void oneAddressAloneDoesNotStandInForTheRegion() {
        settings.remove("cxone.region");
        settings.put("cxone.token-url", "https://cxone.example.com/token");

        assertProblems("cxone.region is not set: us, eu, or the host of your CXone. Set the environment variable"
                + " CXONE_REGION, or cxone.region in the file given with --config.");
    }

    @Test
    void aBlankSettingIsNotSet() {
        settings.put("cxone.client-id", "  ");

        assertProblems("cxone.client-id is not set: the id of the application that is registered with CXone. Set the"
                + " environment variable CXONE_CLIENT_ID, or cxone.client-id in the file given with --config.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cxone.audit.checkpoint-rows     | 0    | a whole number from 1.
                    cxone.audit.checkpoint-rows     | many | a whole number from 1.
                    cxone.audit.checkpoint-interval | 0    | a time such as 5m.
                    cxone.audit.checkpoint-interval | soon | a time such as 5m.
                    cxone.audit.text-days           | -1   | a whole number of days, or 0.
                    cxone.audit.text-days           | 1.5  | a whole number of days, or 0.
                    """)
    void aWrongSettingOfTheAuditLogIsNamed(String name, String value, String what) {
        settings.put(name, value);

        assertProblems(name + " is '" + value + "'. It has to be " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "main.operator", "ä"})
    void aNameThatIsNoneOfANodeIsNamed(String node) {
        settings.put("cxone.node", node);

        assertProblems(
                "cxone.node is '" + node + "'. It has to be letters, digits, dots, hyphens and underscores, 64 at"
                        + " most, and not end with .operator.");
    }

    @Test
    void keyFilesThatAreNotThereAreNamedTogether() {
        settings.put("cxone.audit.chain-key-file", "/none/chain");
        settings.put("cxone.audit.signing-key-file", "/none/signing");

        assertProblems(
                "cxone.audit.chain-key-file: the chain key file /none/chain cannot be read:"
                        + " java.nio.file.NoSuchFileException: /none/chain.",
                "cxone.audit.signing-key-file: the key file /none/signing cannot be read:"
                        + " java.nio.file.NoSuchFileException: /none/signing.");
    }

    @Test
    void thePasswordGrantNeedsAnAccessKey() {
        settings.put("cxone.grant-type", "password");

        assertProblems(
                "cxone.access-key-id is not set: the access key of a CXone user. Set the environment variable"
                        + " CXONE_ACCESS_KEY_ID, or cxone.access-key-id in the file given with --config.",
                "cxone.access-key-secret is not set: its secret. Set the environment variable"
                        + " CXONE_ACCESS_KEY_SECRET, or cxone.access-key-secret in the file given with --config.");
    }

    @Test
    void theComponentsOwnPropertiesStandInForTheSettings() {
        settings.clear();
        settings.put("camel.component.cxone-assist.region", "us");
        settings.put("camel.component.cxone-assist.client-id", "id");
        settings.put("camel.component.cxone-assist.clientSecret", "secret");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cxone.token-source",
                "camel.component.cxone-assist.token-source",
                "camel.component.cxone-assist.tokenSource"
            })
    void aTokenSourceStandsInForTheCredentials(String name) {
        settings.clear();
        settings.put("cxone.region", "us");
        settings.put(name, "oauth");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aTokenSourceAndAWebSocketUrlNeedNoRegion() {
        settings.clear();
        settings.put("cxone.websocket-url", "wss://cxone.example.com/ws");
        settings.put("cxone.token-source", "oauth");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void aTokenSourceAloneDoesNotStandInForTheRegion() {
        settings.clear();
        settings.put("cxone.token-source", "oauth");

        assertProblems("cxone.region is not set: us, eu, or the host of your CXone. Set the environment variable"
                + " CXONE_REGION, or cxone.region in the file given with --config.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cxone.oauth-profile", "camel.component.cxone-assist.oauth-profile"})
    void aProfileStandsInForTheCredentials(String name) {
        settings.clear();
        settings.put("cxone.region", "us");
        settings.put(name, "cx");
        settings.put("camel.oauth.cx.client-id", "id");
        settings.put("camel.oauth.cx.client-secret", "secret");
        settings.put("camel.oauth.cx.token-endpoint", "https://cxone.example.com/token");

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void whatAProfileLacksIsNamedUnlessASettingHasIt() {
        settings.remove("cxone.client-secret");
        settings.put("cxone.oauth-profile", "cx");

        assertProblems(
                "camel.oauth.cx.client-secret is not set: the profile cx needs it. Set the environment variable"
                        + " CAMEL_OAUTH_CX_CLIENT_SECRET, or camel.oauth.cx.client-secret in the file given with"
                        + " --config.",
                "camel.oauth.cx.token-endpoint is not set: the profile cx needs it. Set the environment variable"
                        + " CAMEL_OAUTH_CX_TOKEN_ENDPOINT, or camel.oauth.cx.token-endpoint in the file given with"
                        + " --config.");
    }

    @Test
    void anUnknownGrantIsNamed() {
        settings.put("cxone.grant-type", "implicit");

        assertProblems("cxone.grant-type is 'implicit'. It is client_credentials or password.");
    }

    @Test
    void aHostThatOthersReachNeedsAnApiKey() {
        settings.put("cxone.http-host", "0.0.0.0");

        assertProblems("cxone.http-host is 0.0.0.0, which others can reach, and cxone.api-key is not set. Set the"
                + " environment variable CXONE_API_KEY, or cxone.api-key in the file given with --config. Or keep"
                + " cxone.http-host at 127.0.0.1.");
    }

    @Test
    void aSourceThatIsOnNeedsItsSettingsAndOneThatIsOffNone() {
        settings.put("cxone.source.websocket.host", "0.0.0.0");
        assertThatCode(this::check).doesNotThrowAnyException();

        settings.put("cxone.sources", "poll, sql, websocket");
        assertProblems(
                "cxone.source.sql.url is not set: the source sql needs a JDBC address. Set the environment variable"
                        + " CXONE_SOURCE_SQL_URL, or cxone.source.sql.url in the file given with --config.",
                "cxone.source.poll.url is not set: the source poll needs an http: or https: address. Set the"
                        + " environment variable CXONE_SOURCE_POLL_URL, or cxone.source.poll.url in the file given with"
                        + " --config.",
                "cxone.source.websocket.host is 0.0.0.0, which others can reach, and cxone.api-key is not set. Set the"
                        + " environment variable CXONE_API_KEY, or cxone.api-key in the file given with --config. Or keep"
                        + " cxone.source.websocket.host at 127.0.0.1.");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        settings.remove("cxone.client-id");
        settings.put("cxone.http-port", "65536");
        settings.put("cxone.buffer-limit", "many");
        settings.put("cxone.relevance-threshold", "1.01");
        settings.put("cxone.webhook.subscribers.kb.url", "https://kb.example.com/");
        settings.put("cxone.webhook.allowed-networks", "10.0.0.0/8, intranet");

        assertProblems(
                "cxone.client-id is not set: the id of the application that is registered with CXone. Set the"
                        + " environment variable CXONE_CLIENT_ID, or cxone.client-id in the file given with --config.",
                "cxone.http-port is '65536'. It has to be a port from 1 to 65535.",
                "cxone.buffer-limit is 'many'. It has to be a whole number from 1.",
                "cxone.relevance-threshold is '1.01'. It has to be a number from 0 to 1.",
                "cxone.webhook.subscribers.kb.secret is not set: whsec_ and the Base64 of 24 to 64 random bytes, or"
                        + " whsk_ and the Base64 of an Ed25519 key of 32 bytes.",
                "cxone.webhook.allowed-networks: 'intranet' is not a network: write it as in 10.1.0.0/16 or fd12::/16."
                        + " The environment variable is CXONE_WEBHOOK_ALLOWED_NETWORKS.");
    }

    private void check() {
        Settings.check(
                name -> Optional.ofNullable(settings.get(name)),
                SubscriberSettings.read(settings, Set.of("accepted", "dismissed"), false)
                        .problems());
    }

    private void assertProblems(String... problems) {
        assertThatThrownBy(this::check)
                .isInstanceOf(SettingsException.class)
                .hasMessage(String.join(System.lineSeparator(), problems));
    }
}
