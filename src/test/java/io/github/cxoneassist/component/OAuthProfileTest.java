package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.CapturedLog;
import io.github.cxoneassist.oauth.OAuthSettings;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client as camel-oauth spells it. */
class OAuthProfileTest {

    private static final String SECRET = "a&b=c+d%é\"{}";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Properties properties = new Properties();
    private final CxoneAssistConfiguration options = new CxoneAssistConfiguration();

    @BeforeEach
    void profile() {
        property("client-id", "the-client");
        property("client-secret", SECRET);
        property("token-endpoint", "https://login.example.com/token");
        context.getPropertiesComponent().setInitialProperties(properties);
        options.setOauthProfile("cx");
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @Test
    void aProfileIsEnoughToConnectAndItsSecretArrivesIntact() throws Exception {
        SandboxConfig config =
                SandboxConfig.builder().client("the-client", SECRET).build();
        try (SandboxCxone cxone = new SandboxCxone(config, new ManualAgent()).start()) {
            property("token-endpoint", cxone.tokenUrl());
            RouteBuilder.addRoutes(context, builder -> builder.from("direct:in")
                    .to("cxone-assist:main?oauthProfile=cx&webSocketUrl=" + cxone.webSocketUrl()));
            context.start();

            context.createProducerTemplate().sendBody("direct:in", SuggestionBodies.suggestion("s-1"));

            await().until(() -> cxone.referee().sends("s-1") == 1);
            assertThat(cxone.referee().tokenRequests()).hasSize(1).allMatch(request -> request.ok());
        }
    }

    @Test
    void whatAProfileDoesNotSayIsAsWithoutOne() {
        assertThat(settings())
                .isEqualTo(OAuthSettings.clientCredentials(
                        URI.create("https://login.example.com/token"), "the-client", SECRET));
    }

    @Test
    void scopeMarginAndDefaultExpiryAreTaken() {
        property("scope", "a b");
        property("cached-tokens-expiration-margin-seconds", "5");
        property("cached-tokens-default-expiry-seconds", "3600");

        assertThat(settings().scope()).isEqualTo("a b");
        assertThat(settings().renewBefore()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings().defaultLifetime()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theMarginIsTheSessionsToo() {
        property("cached-tokens-expiration-margin-seconds", "5");
        options.setRegion("eu");

        assertThat(OAuthProfile.fill(options, context).sessionConfig().renewBefore())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void optionsThatAreSetWinEvenWhereTheyAreTheDefault() {
        property("scope", "a b");
        property("cached-tokens-expiration-margin-seconds", "5");
        options.setClientId("mine");
        options.setClientSecret("my secret");
        options.setTokenUrl("https://mine.example.com/token");
        options.setScope(OAuthSettings.DEFAULT_SCOPE);
        options.setRenewBefore(60_000);

        assertThat(settings())
                .isEqualTo(OAuthSettings.clientCredentials(
                        URI.create("https://mine.example.com/token"), "mine", "my secret"));
    }

    @Test
    void theTokenEndpointWinsOverTheRegion() {
        options.setRegion("eu");

        assertThat(settings().tokenUrl()).hasToString("https://login.example.com/token");
    }

    @Test
    void theOptionsOfAnEndpointAreLeftAsTheyAre() {
        OAuthProfile.fill(options, context);

        assertThat(options.getClientSecret()).isNull();
    }

    @Test
    void aValueMayComeFromAVault() {
        vault(key -> "from the vault: " + key);
        property("client-secret", "{{vault:cxone/secret}}");

        assertThat(settings().clientSecret()).isEqualTo("from the vault: cxone/secret");
    }

    @ParameterizedTest
    @CsvSource({"client-id, clientId", "client-secret, clientSecret", "token-endpoint, tokenUrl"})
    void aPropertyThatIsMissingIsNamedWithTheOptionThatCouldStandIn(String property, String option) {
        properties.remove("camel.oauth.cx." + property);

        assertRefused("cxone-assist: the property camel.oauth.cx." + property
                + " is missing, blank, or holds a placeholder that is. The oauthProfile"
                + " cx needs it, or the option " + option + " in its place.");
    }

    @Test
    void aBlankPropertyIsMissing() {
        property("client-secret", "  ");

        assertRefused(
                "cxone-assist: the property camel.oauth.cx.client-secret is missing, blank, or holds a placeholder that is. The oauthProfile cx"
                        + " needs it, or the option clientSecret in its place.");
    }

    /** As in camel-oauth, which asks for these names and no others. */
    @Test
    void camelCaseIsNotTaken() {
        properties.remove("camel.oauth.cx.client-id");
        property("clientId", "the-client");

        assertThatThrownBy(this::settings)
                .hasMessageStartingWith("cxone-assist: the property camel.oauth.cx.client-id is missing");
    }

    @Test
    void aProfileThatDoesNotExistStopsTheStart() throws Exception {
        RouteBuilder.addRoutes(
                context, builder -> builder.from("direct:in").to("cxone-assist:main?region=eu&oauthProfile=typo"));

        assertThatThrownBy(context::start)
                .hasRootCauseMessage(
                        "cxone-assist: the property camel.oauth.typo.client-id is missing, blank, or holds a placeholder that is. The"
                                + " oauthProfile typo needs it, or the option clientId in its place.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a b", "{{x}}", "a?b"})
    void aNameThatIsNoPartOfAPropertyIsRefused(String name) {
        options.setOauthProfile(name);

        assertRefused(
                "cxone-assist: oauthProfile has to be letters, digits, dots, hyphens and underscores, the middle of"
                        + " a property such as camel.oauth.PROFILE.client-id");
    }

    @ParameterizedTest
    @CsvSource({
        "cached-tokens-expiration-margin-seconds, soon, 0",
        "cached-tokens-expiration-margin-seconds, -1, 0",
        "cached-tokens-default-expiry-seconds, 0, 1",
        "cached-tokens-default-expiry-seconds, 9223372036854775807, 1",
    })
    void aNumberThatIsNoneOrOutOfRangeIsNamed(String property, String value, int least) {
        property(property, value);

        assertRefused("cxone-assist: the property camel.oauth.cx." + property
                + " has to be a whole number of seconds from " + least + " to 31536000");
    }

    @Test
    void aPlaceholderThatCannotBeResolvedIsNamedWithoutTheRestOfTheValue() {
        property("client-secret", "half-a-secret-{{nowhere}}");

        assertRefused(
                "cxone-assist: the property camel.oauth.cx.client-secret is missing, blank, or holds a placeholder"
                        + " that is. The oauthProfile cx needs it, or the option clientSecret in its place.");
    }

    @Test
    void aVaultThatFailsIsToldWithoutItsWords() {
        vault(key -> {
            throw new IllegalStateException("half-a-secret");
        });
        property("client-secret", "{{vault:cxone/secret}}");

        assertRefused("cxone-assist: the property camel.oauth.cx.client-secret cannot be resolved"
                + " (IllegalStateException)");
    }

    @Test
    void switchingTheCacheOffIsIgnoredAndSaidSo() {
        property("cache-tokens", "false");
        try (CapturedLog log = new CapturedLog(Level.WARN)) {
            settings();

            assertThat(log.text())
                    .isEqualTo(
                            "camel.oauth.cx.cache-tokens is ignored: a session keeps its token until it runs out or is"
                                    + " refused");
        }
    }

    @Test
    void aTokenSourceNeedsNoProfile() {
        options.setOauthProfile("typo");
        options.setTokenSource("bean");

        assertThat(OAuthProfile.fill(options, context)).isSameAs(options);
    }

    private OAuthSettings settings() {
        return OAuthProfile.fill(options, context).oauthSettings();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::settings)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message)
                .hasNoCause();
    }

    private void vault(UnaryOperator<String> secrets) {
        context.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "vault";
            }

            @Override
            public String apply(String key) {
                return secrets.apply(key);
            }
        });
    }

    private void property(String name, String value) {
        properties.setProperty("camel.oauth.cx." + name, value);
    }
}
