package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.WebhookSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksAddCommandTest extends WebhooksCommandFixture {

    @Test
    void oneIsAddedAndItsSecretShownThisOnce() {
        assertThat(webhooks("add", "crm", "--url", "https://crm.example.com/cxone?token=hush"))
                .isZero();

        Subscriber crm = stored("crm");
        assertThat(out.toString())
                .isEqualToNormalizingNewlines("crm at https://crm.example.com/… is told of accepted, dismissed from now"
                        + " on.\nIt verifies with this secret, which is not shown again:\n"
                        + crm.secrets().get(0) + "\n");
        assertThat(crm.events()).isEqualTo(Set.of("accepted", "dismissed"));
        assertThat(crm.secrets().get(0)).startsWith("whsec_").hasSize(50);
        assertThat(crm.paused() || crm.withText()).isFalse();
        assertThat(crm.parallel()).isEqualTo(4);
        out.getBuffer().setLength(0);
        webhooks("list");
        assertThat(out.toString())
                .contains("crm  https://crm.example.com/…")
                .doesNotContain(crm.secrets().get(0));
    }

    @Test
    void everyOptionIsKept() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        assertThat(webhooks(
                        "add",
                        "crm",
                        "--url=https://crm.example.com/",
                        "--events=accepted,expired",
                        "--header=X-Tenant=blue",
                        "--header=Authorization=Bearer a=b",
                        "--with-text",
                        "--paused",
                        "--parallel=1",
                        "--secret-file=" + file))
                .isZero();

        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "crm at https://crm.example.com/ is told of accepted, expired once it is enabled.\n");
        Subscriber crm = stored("crm");
        assertThat(crm.events()).isEqualTo(Set.of("accepted", "expired"));
        assertThat(crm.headers()).isEqualTo(Map.of("X-Tenant", "blue", "Authorization", "Bearer a=b"));
        assertThat(crm.secrets()).containsExactly(SECRET);
        assertThat(crm.withText()).isTrue();
        assertThat(crm.paused()).isTrue();
        assertThat(crm.parallel()).isEqualTo(1);
    }

    @Test
    void ofAPrivateKeyOnlyThePublicOneIsShown() {
        assertThat(webhooks("add", "crm", "--url=https://crm.example.com/", "--signature=v1a"))
                .isZero();

        WebhookSecret secret = WebhookSecret.parse(stored("crm").secrets().get(0));
        assertThat(secret.scheme()).isEqualTo(WebhookSecret.Scheme.V1A);
        assertThat(out.toString())
                .contains(
                        "It verifies with this public key:", secret.publicKey().orElseThrow())
                .doesNotContain(secret.text());
    }

    @Test
    void optionsMayStandInAFileSoThatNobodySeesThem() throws Exception {
        Path file = Files.writeString(folder.resolve("options"), "--header=Authorization=hush\n");

        assertThat(webhooks("add", "crm", "--url=https://crm.example.com/", "@" + file))
                .isZero();

        assertThat(stored("crm").headers()).isEqualTo(Map.of("Authorization", "hush"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Crm|https://x.example.com|accepted|NAME has to be 1 to 63 lower case letters",
                "crm|http://x.example.com/?token=hush|accepted|--url is not https",
                "crm|https://x.example.com|exploded|--events names 'exploded', which is no event of the audit log",
                "crm|https://x.example.com|webhook_failed|--events names webhook_failed",
            })
    void whatWillNotDoIsRefusedWithItsReason(String name, String url, String events, String reason) {
        assertThat(webhooks("add", name, "--url", url, "--events", events)).isEqualTo(2);

        assertThat(err.toString())
                .startsWith("cxone-assist webhooks add: " + reason)
                .doesNotContain("hush");
        assertThat(all()).isEmpty();
    }

    @Test
    void aNameIsGivenOnceOverSettingsAndDatabase() {
        webhooks("add", "crm", "--url=https://crm.example.com/");

        assertThat(webhooks("add", "crm", "--url=https://other.example.com/")).isEqualTo(1);
        assertThat(webhooks("add", "fixed", "--url=https://other.example.com/")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines("There is a webhook subscriber crm already.\n"
                        + "The webhook subscriber fixed stands in the settings: see cxone.webhook.subscribers.fixed\n");
        assertThat(stored("crm").target().shown()).isEqualTo("https://crm.example.com/");
    }

    @Test
    void settingsThatAreWrongAreTold() throws Exception {
        Files.writeString(config, Files.readString(config) + "cxone.webhook.subscribers.fixed.parallel = many\n");

        assertThat(webhooks("list")).isEqualTo(2);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "cxone.webhook.subscribers.fixed.parallel has to be a whole number from 1 to 64.\n");
    }

    @Test
    void aDatabaseIsNotMadeByACommand() throws Exception {
        Files.delete(folder.resolve("log.db"));

        assertThat(webhooks("add", "crm", "--url=https://crm.example.com/")).isEqualTo(2);

        assertThat(folder.resolve("log.db")).doesNotExist();
    }
}
