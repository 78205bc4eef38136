package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.webhook.JdbcSubscribers;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.WebhookSecret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands on a database that a start has made, beside settings that name one subscriber. */
class WebhooksCommandTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private DatabaseSettings database;
    private Path config;

    @BeforeEach
    void start() throws Exception {
        database = new DatabaseSettings("jdbc:sqlite:" + folder.resolve("log.db"), null, null);
        JournalDatabase.open(database).close();
        config = Files.writeString(
                folder.resolve("settings.properties"),
                "cxone.database-url = " + database.url()
                        + "\ncxone.webhook.http-to-loopback = true\ncxone.webhook.allowed-networks = 127.0.0.0/8"
                        + "\ncxone.webhook.subscribers.fixed.url = https://fixed.example.com/hook?token=hush"
                        + "\ncxone.webhook.subscribers.fixed.secret = " + SECRET
                        + "\ncxone.webhook.subscribers.fixed.headers.Authorization = Bearer hush\n");
    }

    @Test
    void oneIsAddedAndItsSecretShownThisOnce() {
        assertThat(webhooks("add", "crm", "--url", "https://crm.example.com/cxone?token=hush"))
                .isZero();

        Subscriber crm = stored("crm");
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "crm at https://crm.example.com/cxone?… is told of accepted, dismissed from now"
                                + " on.\nIt verifies with this secret, which is not shown again:\n"
                                + crm.secrets().get(0) + "\n");
        assertThat(crm.events()).isEqualTo(Set.of("accepted", "dismissed"));
        assertThat(crm.secrets().get(0)).startsWith("whsec_").hasSize(50);
        assertThat(crm.paused() || crm.withText()).isFalse();
        assertThat(crm.parallel()).isEqualTo(4);
        out.getBuffer().setLength(0);
        webhooks("list");
        assertThat(out.toString())
                .contains("crm  https://crm.example.com/cxone?…")
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
    void theListShowsAllAndNothingSecret() throws Exception {
        webhooks("add", "crm", "--url=https://crm.example.com/", "--signature=v1a", "--with-text");
        String publicKey =
                WebhookSecret.parse(stored("crm").secrets().get(0)).publicKey().orElseThrow();
        sql("INSERT INTO webhook_subscriber_state VALUES ('fixed', 'disabled', 'HTTP status 410', '2026-11-22')");
        out.getBuffer().setLength(0);

        assertThat(webhooks("list")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                fixed  https://fixed.example.com/hook?…
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

    @Test
    void aPingIsSignedLikeEverythingElseAndItsAnswerTold() throws Exception {
        List<String> genuine = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                new Webhook(stored("crm").secrets().get(0))
                        .verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true));
                genuine.add(body);
            } catch (Exception e) {
                genuine.add(e.toString());
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
            webhooks("add", "crm", "--url=" + url + "?token=hush");
            out.getBuffer().setLength(0);

            assertThat(webhooks("ping", "crm")).isZero();

            assertThat(out.toString().strip())
                    .matches("crm at \\Q" + url
                            + "?…\\E: answered with status 204, after \\d+ ms \\(msg_ping-[0-9a-f-]{36}\\)");
            assertThat(genuine)
                    .singleElement()
                    .asString()
                    .matches("\\{\"type\":\"agentassist.ping\",\"timestamp\":"
                            + "\"[0-9TZ:.-]{24}\",\"data\":\\{\"category\":\"analytics_sync\",\"schemaVersion\":1,"
                            + "\"subscriber\":\"crm\"}}");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aPingThatIsNotTakenSaysWhy() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
        webhooks("add", "moved", "--url=http://127.0.0.1:" + server.getAddress().getPort() + "/");
        webhooks("add", "away", "--url=http://127.0.0.1:1/?token=hush");

        assertThat(webhooks("ping", "moved")).isEqualTo(1);
        server.stop(0);
        assertThat(webhooks("ping", "away")).isEqualTo(1);

        assertThat(err.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("answered with status 307"), line -> assertThat(line)
                                .startsWith("away at http://127.0.0.1:1/?…: no ")
                                .doesNotContain("hush"));
    }

    @Test
    void anEndpointIsNotPingedFromHere() throws Exception {
        Files.writeString(
                config, Files.readString(config) + "cxone.webhook.subscribers.topic.endpoint = kafka:x?brokers=k\n");

        assertThat(webhooks("ping", "topic")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "topic is a Camel endpoint, which only a running application can send to.\n");
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

    private int webhooks(String... arguments) {
        List<String> all = new ArrayList<>(List.of("webhooks"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--config", config.toString()));
        CommandLine commandLine = CxoneAssist.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(all.toArray(String[]::new));
    }

    private Subscriber stored(String name) {
        return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private List<Subscriber> all() {
        return storedAll().stream().map(JdbcSubscribers.Stored::subscriber).toList();
    }

    private List<JdbcSubscribers.Stored> storedAll() {
        try (HikariDataSource opened = JournalDatabase.openToRead(database)) {
            return new JdbcSubscribers(opened, Set.of("accepted", "dismissed", "expired"), Clock.systemUTC()).stored();
        }
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(database.url());
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }
}
