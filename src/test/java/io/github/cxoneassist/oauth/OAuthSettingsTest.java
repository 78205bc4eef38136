package io.github.cxoneassist.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthSettingsTest {

    private static final URI URL = URI.create("https://api.example.com/oauth2/token");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, s, k, ks, clientId",
                "a, ' ', k, ks, clientSecret",
                "a, s, -, ks, accessKeyId",
                "a, s, k, '', accessKeySecret"
            })
    void whatIsMissingIsNamed(String id, String secret, String keyId, String keySecret, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new OAuthSettings(URL, Grant.PASSWORD, id, secret, null, keyId, keySecret, null, null))
                .withMessage(named + " is missing: the token request needs it");
    }

    @Test
    void theDefaultsAreTenSecondsAndOneMinute() {
        OAuthSettings settings = OAuthSettings.clientCredentials(URL, "a", "s");

        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.renewBefore()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.scope()).isEqualTo("agentassist:write interaction:read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/t",
                "http://127.0.0.1.example.com/t",
                "ftp://localhost/t",
                "https:t",
                "https://user:pw@api.example.com/t",
                "/t",
                "http://localhost.example.com/t"
            })
    void anAddressThatWouldLeakTheSecretIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OAuthSettings.clientCredentials(URI.create(url), "a", "s"))
                .withMessageStartingWith("tokenUrl ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/t", "http://127.0.0.1/t", "http://[::1]:8080/t"})
    void plainHttpIsFineOnThisMachine(String url) {
        assertThat(OAuthSettings.clientCredentials(URI.create(url), "a", "s").tokenUrl())
                .isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource({"client_credentials, CLIENT_CREDENTIALS", "password, PASSWORD"})
    void grantsHaveTheirWireNames(String name, Grant grant) {
        assertThat(Grant.ofWireName(name)).isEqualTo(grant);
        assertThat(grant.wireName()).isEqualTo(name);
    }

    @Test
    void anUnknownGrantNamesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.ofWireName("implicit"))
                .withMessage("Unknown grant 'implicit': use one of client_credentials, password");
    }
}
