package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.webhook.WebhookSecret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code disable}, {@code enable}, {@code rotate}, {@code remove}, and the list that shows what they did. */
class WebhooksChangeCommandsTest extends WebhooksCommandFixture {

    @Test
    void theListShowsAllAndNothingSecret() throws Exception {
        webhooks("add", "crm", "--url=https://crm.example.com/", "--signature=v1a", "--with-text");
        String publicKey =
                WebhookSecret.parse(stored("crm").secrets().get(0)).publicKey().orElseThrow();
        sql("INSERT INTO webhook_subscriber_state VALUES ('fixed', 'disabled', 'HTTP status 410', '2026-11-22')");
        out.getBuffer().setLength(0);

        assertThat(webhooks("list")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                fixed  https://fixed.example.com/…
                  state      disabled, since it answered: HTTP status 410
                  events     accepted, dismissed
                  signature  v1
                  headers    Authorization
                  parallel   4
                  stands in  the settings
                crm  https://crm.example.com/
                  state      enabled
                  events     accepted, dismissed, with texts
                  signature  v1a %s
                  parallel   4
                  stands in  the database
                """.formatted(publicKey));
    }

    @Test
    void oneIsDisabledAndEnabled() throws Exception {
        webhooks("add", "crm", "--url=https://crm.example.com/");
        sql("INSERT INTO webhook_subscriber_state VALUES ('crm', 'disabled', 'HTTP status 410', '2026-11-22')");
        out.getBuffer().setLength(0);

        assertThat(webhooks("disable", "crm")).isZero();
        assertThat(stored("crm").paused()).isTrue();
        assertThat(webhooks("enable", "crm")).isZero();

        assertThat(stored("crm").paused()).isFalse();
        out.append("---\n");
        webhooks("list");
        assertThat(out.toString())
                .startsWith("crm is disabled. Its events wait.")
                .contains("crm is enabled, and told what it missed.")
                .doesNotContain("410");
    }

    @Test
    void oneOfTheSettingsThatSaidThatItIsGoneIsEnabledByTheCommand() throws Exception {
        sql("INSERT INTO webhook_subscriber_state VALUES ('fixed', 'disabled', 'HTTP status 410', '2026-11-22')");

        assertThat(webhooks("enable", "fixed")).isZero();
        webhooks("list");

        assertThat(out.toString()).contains("  state      enabled");
    }

    @Test
    void whatStandsInTheSettingsIsChangedThere() {
        assertThat(webhooks("disable", "fixed")).isEqualTo(1);
        assertThat(webhooks("rotate", "fixed")).isEqualTo(1);
        assertThat(webhooks("remove", "fixed")).isEqualTo(1);

        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                The webhook subscriber fixed stands in the settings: set paused = true of cxone.webhook.subscribers.fixed
                The webhook subscriber fixed stands in the settings: put the new secret before the present one, separated by \
                a blank, in cxone.webhook.subscribers.fixed
                The webhook subscriber fixed stands in the settings: take out cxone.webhook.subscribers.fixed
                """);
    }

    @Test
    void aSecretIsReplacedAndTheOneBeforeSignsForADay() {
        webhooks("add", "crm", "--url=https://crm.example.com/");
        String before = stored("crm").secrets().get(0);
        out.getBuffer().setLength(0);

        assertThat(webhooks("rotate", "crm")).isZero();

        List<String> secrets = stored("crm").secrets();
        assertThat(secrets).hasSize(2).endsWith(before);
        Instant until = storedAll().get(0).oldSecretUntil().orElseThrow();
        assertThat(until)
                .isBetween(
                        Instant.now().plus(Duration.ofMinutes(1439)),
                        Instant.now().plus(Duration.ofDays(1)));
        assertThat(out.toString())
                .isEqualToNormalizingNewlines("crm has a new secret; the one before it signs too until " + until
                        + ".\nIt verifies with this secret, which is not shown again:\n" + secrets.get(0) + "\n");
    }

    @Test
    void noMoreThanTwoSecretsSignUnlessAllEndAtOnce() {
        webhooks("add", "crm", "--url=https://crm.example.com/");
        webhooks("rotate", "crm", "--keep-old=7d");
        List<String> two = stored("crm").secrets();

        assertThat(webhooks("rotate", "crm")).isEqualTo(1);
        assertThat(err.toString()).startsWith("The secret before the present one of crm signs until ");
        assertThat(stored("crm").secrets()).isEqualTo(two);

        assertThat(webhooks("rotate", "crm", "--keep-old", "0")).isZero();
        assertThat(stored("crm").secrets()).hasSize(1).doesNotContainAnyElementsOf(two);
    }

    @Test
    void aSubscriberChangesOverToAnotherScheme() {
        webhooks("add", "crm", "--url=https://crm.example.com/");

        assertThat(webhooks("rotate", "crm", "--signature", "v1a")).isZero();

        assertThat(stored("crm").secrets())
                .extracting(secret -> WebhookSecret.parse(secret).scheme())
                .containsExactly(WebhookSecret.Scheme.V1A, WebhookSecret.Scheme.V1);
    }

    @Test
    void oneIsRemoved() {
        webhooks("add", "crm", "--url=https://crm.example.com/");

        assertThat(webhooks("remove", "crm")).isZero();

        assertThat(out.toString()).endsWith("crm is removed." + System.lineSeparator());
        assertThat(all()).isEmpty();
    }

    @Test
    void deadLettersWhoseRowsWereArchivedStayAndAreToldOf() throws Exception {
        sql(
                "INSERT INTO audit_event (node, seq, at, event, interaction_id, details, prev_hash, hash) VALUES ('main', 1,"
                        + " '2026-11-22T08:00:00.000000Z', 'accepted', 'call-1', '{}', '', '0123456789abcdef')");
        for (int seq : new int[] {1, 7, 8}) {
            sql("INSERT INTO webhook_dead VALUES ('fixed', 'main', " + seq
                    + ", 'call-1', 'accepted', 3, 'status 404', '2026-11-22T08:00:00.000000Z')");
        }

        assertThat(webhooks("replay", "--subscriber", "fixed")).isZero();
        assertThat(webhooks("replay", "--subscriber", "fixed")).isZero();
        assertThat(webhooks("replay", "--subscriber", "fixed", "--id", "msg_main-0123456789ab_7"))
                .isEqualTo(1);

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                fixed is told 1 event again.
                2 dead letters stay as they are: their rows of the audit log were archived.
                There is nothing to tell fixed again.
                2 dead letters stay as they are: their rows of the audit log were archived.
                """);
        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "The audit log has no event msg_main-0123456789ab_7 that fixed could be told" + " again.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disable nobody",
                "enable nobody",
                "rotate nobody",
                "remove nobody",
                "ping nobody",
                "dead --subscriber nobody",
                "replay --subscriber nobody"
            })
    void whoeverIsUnknownIsNamedWithThoseThatThereAre(String command) {
        assertThat(webhooks(command.split(" "))).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines("There is no webhook subscriber nobody. There are: fixed.\n");
    }
}
