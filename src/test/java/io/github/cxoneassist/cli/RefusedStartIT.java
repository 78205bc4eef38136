package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.cli.Launcher.Running;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** A start that cannot succeed: one line that says what to do, an exit code, and no secret. */
class RefusedStartIT extends DistributionTestBase {

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
        assertALockIsTold("BEGIN EXCLUSIVE");
    }

    @Test
    void aLockedDatabaseWithAWriteAheadLogIsToldToo() throws Exception {
        assertALockIsTold("PRAGMA journal_mode = WAL", "BEGIN EXCLUSIVE");
    }

    private void assertALockIsTold(String... locking) throws Exception {
        Path database = here.toRealPath().resolve("held.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            for (String sql : locking) {
                statement.execute(sql);
            }

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
    void aSourceWithoutAFileIsToldWithThoseThatThereAre() throws Exception {
        assertRefused(
                2,
                launcher.with("CXONE_SOURCES", "file, kafak").start(here, script, "run"),
                "cxone.sources (CXONE_SOURCES) names 'kafak', and there is no file");
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
                                "jdbc:postgresql://127.0.0.1:1/assist?sslpassword=" + DATABASE_PASSWORD)
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
}
