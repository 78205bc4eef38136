package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.Launcher.Running;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as an operator meets it: the script, its messages, its log and how it ends. */
class DistributionIT {

    private static final String WEBHOOK_SECRET = "whsec_too/short/and/secret";
    private static final String API_KEY = "a-key-of-the-api";
    private static final String DATABASE_PASSWORD = "hunter2-of-the-database";
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    static Path shared;

    private static SandboxConfig config;
    private static SandboxCxone cxone;
    private static Path home;
    private static Path script;

    @TempDir
    Path folder;

    private Path here;
    private Launcher launcher;
    private int port;

    @BeforeAll
    static void unpack() throws Exception {
        config = SandboxConfig.builder().build();
        cxone = new SandboxCxone(config, new ManualAgent()).start();
        home = Launcher.unpack(Files.createDirectory(shared.resolve("my programs")));
        Path bin = Files.createDirectory(shared.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("link"), home.resolve("bin/cxone-assist"));
        // a link to a link, the second one relative
        script = Files.createSymbolicLink(bin.resolve("cxone-assist"), link.getFileName());
    }

    @AfterAll
    static void close() {
        cxone.close();
    }

    @BeforeEach
    void prepare() throws Exception {
        here = Files.createDirectory(folder.resolve("started here"));
        port = Launcher.freePort();
        launcher = new Launcher(Files.createDirectory(folder.resolve("logs")))
                .with("CXONE_TOKEN_URL", cxone.tokenUrl())
                .with("CXONE_WEBSOCKET_URL", cxone.webSocketUrl())
                .with("CXONE_CLIENT_ID", config.clientId())
                .with("CXONE_CLIENT_SECRET", config.clientSecret())
                .with("CXONE_HTTP_PORT", port);
    }

    @AfterEach
    void noSecretInAnyOutput() {
        launcher.close();
        assertThat(launcher.everything())
                .doesNotContain(config.clientSecret(), WEBHOOK_SECRET, API_KEY, DATABASE_PASSWORD);
    }

    @Test
    void theZipUnpacksToTheFolder() throws Exception {
        assertThat(names(home)).isEqualTo(names(Launcher.folder()));
        try (Stream<Path> top = Files.list(home)) {
            assertThat(top.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "bin",
                            "lib",
                            "routes",
                            "kamelets",
                            "config",
                            "docs",
                            "README.md",
                            "CHANGELOG.md",
                            "CONTRIBUTING.md",
                            "LICENSE");
        }
    }

    @Test
    void theScriptIsExecutableInBoth() {
        assertThat(home.resolve("bin/cxone-assist")).isExecutable();
        assertThat(Launcher.folder().resolve("bin/cxone-assist")).isExecutable();
    }

    @Test
    void helpNamesTheCommands() throws Exception {
        Running running = launcher.start(here, script, "--help");

        assertThat(running.exitCode(120)).isZero();
        assertThat(running.out()).startsWith("Usage: cxone-assist").contains("  run ", "  sandbox ", "  audit ");
        assertThat(running.err()).isEmpty();
    }

    @Test
    void versionIsTheBuilds() throws Exception {
        Running running = launcher.start(here, Launcher.folder().resolve("bin/cxone-assist"), "--version");

        assertThat(running.exitCode(120)).isZero();
        assertThat(running.out()).isEqualTo("cxone-assist " + Launcher.version() + System.lineSeparator());
    }

    @Test
    void runWithoutSettingsNamesEachAndHowToSetIt() throws Exception {
        Running running = new Launcher(folder.resolve("logs")).start(here, script, "run");

        assertThat(running.exitCode(120)).isEqualTo(2);
        assertThat(running.err().lines())
                .containsExactly(
                        "cxone.region is not set: us, eu, or the host of your CXone. Set the environment variable"
                                + " CXONE_REGION, or cxone.region in the file given with --config.",
                        "cxone.client-id is not set: the id of the application that is registered with CXone. Set the"
                                + " environment variable CXONE_CLIENT_ID, or cxone.client-id in the file given with"
                                + " --config.",
                        "cxone.client-secret is not set: its secret. Set the environment variable CXONE_CLIENT_SECRET,"
                                + " or cxone.client-secret in the file given with --config.");
        assertThat(running.out()).doesNotContain("\tat ", "ERROR", "WARN");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void runSendsWhatComesOverHttpAndFromTheInboxAndEndsCleanly() throws Exception {
        Running running = launcher.start(here, script, "run");
        await().atMost(START).until(() -> running.out().contains("-> READY"));

        assertThat(post(suggestion("dist-1", "over-http")).statusCode()).isEqualTo(202);
        Path inbox = here.resolve("data/inbox");
        Path hidden = Files.writeString(inbox.resolve(".kb.part"), suggestion("dist-1", "from-file") + "\n");
        Files.move(hidden, inbox.resolve("kb.ndjson"));
        await().atMost(Duration.ofSeconds(20)).until(() -> running.out().contains("kb.ndjson: 1 suggestions, sent 1"));
        assertThat(cxone.referee().sends("over-http")).isEqualTo(1);
        assertThat(cxone.referee().sends("from-file")).isEqualTo(1);
        assertThat(here.resolve("data/cxone-assist.db")).isRegularFile();
        assertThat(inbox.resolve(".done")).isDirectory();

        running.terminate();

        assertThat(running.exitCode(10)).isEqualTo(143);
        assertThat(running.err()).isEmpty();
        assertThat(running.out()).contains("-> CLOSED", "Apache Camel 4.17.0 (cxone-assist) shutdown in ");
        assertThat(names(home)).isEqualTo(names(Launcher.folder()));
    }

    @Test
    void theAuditLogIsVerifiedProvedAndTidiedBesideIt() throws Exception {
        Running running = launcher.start(here, script, "run");
        await().atMost(START).until(() -> running.out().contains("-> READY"));
        assertThat(post(suggestion("dist-1", "to-be-proved")).statusCode()).isEqualTo(202);

        Running verify = launcher.start(here, script, "audit", "verify");
        assertThat(verify.exitCode(120)).isZero();
        assertThat(verify.out())
                .startsWith("main: ")
                .endsWith("The audit log is as it was written." + System.lineSeparator());
        assertThat(verify.err()).isEmpty();

        Running hold = launcher.start(here, script, "audit", "hold", "set", "--all", "--reason", "an audit");
        assertThat(hold.exitCode(120)).isZero();
        Running erase = launcher.start(here, script, "audit", "erase", "--older-than-days", "1");
        assertThat(erase.exitCode(120)).isZero();
        running.terminate();
        running.exitCode(10);

        Running proof =
                launcher.start(here, script, "audit", "prove", "--suggestion", "to-be-proved", "--out", "proof");
        assertThat(proof.exitCode(120)).isZero();
        Running export = launcher.start(here, script, "audit", "export", "--format", "csv", "--out", "log.csv");
        assertThat(export.exitCode(120)).isZero();
        Running again = launcher.start(here, script, "audit", "verify", "--from-export", "log.csv");
        assertThat(again.exitCode(120)).isZero();
        Files.writeString(
                here.resolve("log.csv"),
                Files.readString(here.resolve("log.csv")).replace("to-be-proved", "tampered"));
        Running tampered = launcher.start(here, script, "audit", "verify", "--from-export", "log.csv");
        assertThat(tampered.exitCode(120)).isEqualTo(1);
        assertThat(tampered.out()).contains("The export is NOT as it was written. First bad row: row ");
        assertThat(launcher.start(here, script, "audit", "verify", "--config", "none")
                        .exitCode(120))
                .isEqualTo(2);
    }

    @Test
    void theLogOfRunIsWhatAnOperatorWantsToRead() throws Exception {
        Running running = launcher.start(here, script, "run");
        await().atMost(START).until(() -> running.out().contains("-> READY"));
        running.terminate();
        running.exitCode(10);

        assertThat(running.out()).doesNotContain("WARN", "ERROR", "\tat ");
        assertThat(running.out().lines().map(line -> line.split("\\s+")[2]).distinct())
                .containsExactlyInAnyOrder("BaseMainSupport", "AbstractCamelContext", "Transitions", "RunCommand");
        assertThat(running.out().lines().filter(line -> line.contains("RunCommand")))
                .singleElement()
                .asString()
                .endsWith(("Up: suggestions at http://127.0.0.1:%d/api/suggestions and in %s, health at"
                                + " http://127.0.0.1:%d/observe/health, metrics at http://127.0.0.1:%d/observe/metrics")
                        .formatted(port, here.toRealPath().resolve("data/inbox"), port, port));
        assertThat(running.out().lines().filter(line -> line.contains("-> READY")))
                .hasSize(1);
    }

    @Test
    void aHostileSecretInAConfigurationFileOpensTheSession() throws Exception {
        launcher.without("CXONE_CLIENT_SECRET").without("CXONE_CLIENT_ID");
        Files.writeString(
                here.resolve("my settings.properties"),
                "cxone.client-id = " + config.clientId() + "\ncxone.client-secret = " + config.clientSecret() + "\n");

        Running running = launcher.start(here, script, "run", "--config", "my settings.properties");

        await().atMost(START).until(() -> running.out().contains("-> READY"));
    }

    @Test
    void aConfigurationFileThatIsNotThereIsNamed() throws Exception {
        assertRefused(
                2,
                launcher.start(here, script, "run", "--config", "nowhere.properties"),
                "The configuration file nowhere.properties does not exist or cannot be read.");
    }

    @Test
    void aPortInUseIsToldAndNothingRunsOn() throws Exception {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    1,
                    launcher.start(here, script, "run"),
                    "cxone-assist cannot listen on its HTTP port: 127.0.0.1:" + other.getLocalPort()
                            + ": Address already in use. Stop what uses it, or choose another with cxone.http-port"
                            + " (CXONE_HTTP_PORT).");
        }
    }

    @Test
    void aDatabaseThatAnotherProcessHasLockedIsTold() throws Exception {
        Path database = here.toRealPath().resolve("held.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            assertRefused(
                    1,
                    launcher.with("CXONE_DATABASE_URL", "jdbc:sqlite:held.db").start(here, script, "run"),
                    "cxone-assist could not start: the journal database " + database + " is locked by another process:"
                            + " stop the other one, or give this one a file of its own. The setting is"
                            + " cxone.database-url (CXONE_DATABASE_URL).");
        }
    }

    @Test
    void aLockedDatabaseWithAWriteAheadLogIsToldToo() throws Exception {
        Path database = here.toRealPath().resolve("held.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("BEGIN EXCLUSIVE");

            assertRefused(
                    1,
                    launcher.with("CXONE_DATABASE_URL", "jdbc:sqlite:held.db").start(here, script, "run"),
                    "cxone-assist could not start: the journal database " + database + " is locked by another process:"
                            + " stop the other one, or give this one a file of its own. The setting is"
                            + " cxone.database-url (CXONE_DATABASE_URL).");
        }
    }

    @Test
    void aDatabaseFolderThatCannotBeMadeIsTold() throws Exception {
        Path file = Files.createFile(here.toRealPath().resolve("file"));

        assertRefused(
                1,
                launcher.with("CXONE_DATABASE_URL", "jdbc:sqlite:file/sub/assist.db")
                        .start(here, script, "run"),
                "cxone-assist could not start: the folder " + file.resolve("sub")
                        + " for the journal cannot be created:");
    }

    @Test
    void anInboxThatIsAFileIsTold() throws Exception {
        Path file = Files.createFile(here.toRealPath().resolve("file"));

        assertRefused(
                2,
                launcher.with("CXONE_INBOX", "file").start(here, script, "run"),
                "cxone.inbox is " + file + ", which is not a folder and cannot be made. Name another folder with the"
                        + " environment variable CXONE_INBOX, or with cxone.inbox in the file given with --config.");
    }

    @Test
    void anInboxThatCannotBeMadeIsTold() throws Exception {
        Path file = Files.createFile(here.toRealPath().resolve("file"));

        assertRefused(
                2,
                launcher.with("CXONE_INBOX", "file/inbox").start(here, script, "run"),
                "cxone.inbox is " + file.resolve("inbox") + ", which is not a folder and cannot be made.");
    }

    @Test
    void aWrongWebhookSecretIsToldWithoutIt() throws Exception {
        Path settings = Files.writeString(
                here.resolve("webhooks.properties"),
                "cxone.webhook.subscribers.kb.url = https://kb.example.com/cxone\ncxone.webhook.subscribers.kb.secret =\n");
        assertRefused(
                2,
                launcher.with("CXONE_WEBHOOK_SUBSCRIBERS_KB_SECRET", WEBHOOK_SECRET)
                        .start(here, script, "run", "--config", settings),
                "cxone.webhook.subscribers.kb.secret has to be whsec_ and the Base64 of 24 to 64 random bytes.");
    }

    @Test
    void aHostThatOthersReachDemandsAnApiKey() throws Exception {
        assertRefused(
                2,
                launcher.with("CXONE_HTTP_HOST", "0.0.0.0").start(here, script, "run"),
                "cxone.http-host is 0.0.0.0, which others can reach, and cxone.api-key is not set. Set the environment"
                        + " variable CXONE_API_KEY, or cxone.api-key in the file given with --config. Or keep"
                        + " cxone.http-host at 127.0.0.1.");
    }

    @Test
    void aHostThatOthersReachIsTakenWithAnApiKey() throws Exception {
        Running running = launcher.with("CXONE_HTTP_HOST", "0.0.0.0")
                .with("CXONE_API_KEY", API_KEY)
                .start(here, script, "run");

        await().atMost(START).until(() -> running.out().contains("-> READY"));
        assertThat(post(suggestion("dist-2", "no-key")).statusCode()).isEqualTo(401);
    }

    @Test
    void aDatabaseThisVersionDoesNotKnowIsTold() throws Exception {
        assertRefused(
                1,
                launcher.with("CXONE_DATABASE_URL", "jdbc:mysql://me:" + DATABASE_PASSWORD + "@db/assist")
                        .with("CXONE_DATABASE_PASSWORD", DATABASE_PASSWORD)
                        .start(here, script, "run"),
                "cxone-assist could not start: a journal database \"jdbc:mysql\" is not supported: the URL has to start"
                        + " with jdbc:sqlite: or jdbc:postgresql:.");
    }

    @Test
    void aDatabaseServerThatIsAwayIsToldWithoutThePassword() throws Exception {
        assertRefused(
                1,
                launcher.with(
                                "CXONE_DATABASE_URL",
                                "jdbc:postgresql://127.0.0.1:1/assist?password=" + DATABASE_PASSWORD)
                        .with("CXONE_DATABASE_USER", "assist")
                        .start(here, script, "run"),
                "cxone-assist could not start: the journal database postgresql://127.0.0.1:1/assist cannot be reached:"
                        + " check that the server runs, and host and port in the URL (");
    }

    @Test
    void aPlainTextTokenUrlOfAnotherMachineIsRefused() throws Exception {
        assertRefused(
                2,
                launcher.with("CXONE_TOKEN_URL", "http://cxone.example.com/oauth2/token")
                        .start(here, script, "run"),
                "cxone.token-url (CXONE_TOKEN_URL) has to be a https:// address, or http:// on this machine.");
    }

    @Test
    void aSecretThatHoldsAPlaceholderIsToldWithoutIt() throws Exception {
        assertRefused(
                1,
                launcher.with("CXONE_CLIENT_SECRET", WEBHOOK_SECRET + "{{nothing}}")
                        .start(here, script, "run"),
                "cxone-assist could not start: IllegalArgumentException: Property with key [nothing] not found");
    }

    private static void assertRefused(int exitCode, Running running, String message) throws Exception {
        assertThat(running.exitCode(120)).isEqualTo(exitCode);
        assertThat(running.err().lines()).singleElement().asString().startsWith(message);
        assertThat(running.out()).doesNotContain("\tat ", "Caused by", "ERROR", "WARN");
    }

    private HttpResponse<String> post(String json) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/suggestions"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static String suggestion(String interactionId, String id) {
        Instant now = Instant.now();
        return ("{\"interactionId\":\"%s\",\"id\":\"%s\",\"content\":\"Offer a call back\",\"priority\":\"HIGH\","
                        + "\"relevanceScore\":0.9,\"contextWindow\":{\"start\":\"%s\",\"end\":\"%s\"}}")
                .formatted(interactionId, id, now.minusSeconds(60), now.plusSeconds(300));
    }

    private static Set<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeSet<>(
                    files.map(folder::relativize).map(Path::toString).toList());
        }
    }
}
