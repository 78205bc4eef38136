package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.Launcher.Running;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code cxone-assist sandbox} in a terminal, from its first line to Ctrl-C. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SandboxIT {

    private static final String REAL_SECRET = "a-secret-of-a-real-tenant";

    @TempDir
    static Path folder;

    private static Launcher launcher;
    private static Running sandbox;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = Launcher.freePort();
        launcher = new Launcher(Files.createDirectory(folder.resolve("logs")))
                .with("CXONE_HTTP_PORT", port)
                // an operator's own, which the sandbox must leave alone
                .with("CXONE_REGION", "us")
                .with("CXONE_TOKEN_URL", "https://cxone.invalid/token")
                .with("CXONE_CLIENT_ID", "a-real-application")
                .with("CXONE_CLIENT_SECRET", REAL_SECRET);
        sandbox = launcher.start(
                Files.createDirectory(folder.resolve("here")),
                Launcher.folder().resolve("bin/cxone-assist"),
                "sandbox");
        await().atMost(Duration.ofSeconds(90)).until(() -> sandbox.out().contains("Ctrl-C stops it."));
    }

    @AfterAll
    static void stop() {
        launcher.close();
    }

    @Test
    @Order(1)
    void itTellsWhatBecameOfEverySuggestion() {
        assertThat(sandbox.out())
                .contains("The sandbox is up. Its own CXone listens at ws://127.0.0.1:")
                .contains("Suggestions of 15 lines go into data/inbox.")
                .containsPattern("(?m)^  kb-return-window-\\w+ +INT-\\w+-RETURN +sent, HIGH 0\\.93$")
                .containsPattern("acknowledged after \\d+ ms")
                .containsPattern("accepted by the agent|dismissed by the agent")
                .containsPattern("refused: \\w+");
    }

    @Test
    @Order(1)
    void theSummaryAddsUp() {
        assertThat(sandbox.out())
                .containsPattern(
                        "(?m)^Summary: 15 suggestions, \\d+ sent, \\d+ waiting, \\d+ dropped, \\d+ refused \\(.+\\)$");
        assertThat(sandbox.out().lines().filter(line -> line.startsWith("Summary:")))
                .hasSize(1);
    }

    @Test
    @Order(1)
    void everyLineButTheOneToPasteIsShort() {
        assertThat(sandbox.out().lines().filter(line -> !line.startsWith("curl ")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(160));
    }

    @Test
    @Order(1)
    void noCredentialFromOutsideReachesIt() {
        assertThat(launcher.everything()).doesNotContain(REAL_SECRET, "a-real-application", "cxone.invalid");
        assertThat(sandbox.err()).isEmpty();
    }

    @Test
    @Order(2)
    void theCurlLineWorksAsOftenAsItIsPasted() throws Exception {
        assumeThat(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor())
                .as("curl is there")
                .isZero();
        List<String> lines =
                sandbox.out().lines().filter(line -> line.startsWith("curl ")).toList();
        assertThat(lines).hasSize(1);

        for (int time = 0; time < 2; time++) {
            Running curl = launcher.start(folder, "sh", "-c", lines.get(0));
            assertThat(curl.exitCode(20)).isZero();
            assertThat(curl.out()).contains("\"status\":\"sent\"");
        }
    }

    @Test
    @Order(3)
    void aFaultScriptWithAMistakeIsToldBeforeAnythingStarts() throws Exception {
        Path script = Files.writeString(folder.resolve("faults.json"), "{\"steps\": [{\"fault\": \"yawn\"}]}");

        Running second =
                launcher.start(folder, Launcher.folder().resolve("bin/cxone-assist"), "sandbox", "--faults", script);

        assertThat(second.exitCode(30)).isEqualTo(2);
        assertThat(second.err())
                .startsWith("--faults: " + script + " is no fault script: ")
                .contains("yawn");
        assertThat(second.out()).isEmpty();
    }

    @Test
    @Order(3)
    void aFaultScriptOfAFileIsPlayed() throws Exception {
        Path script = Files.writeString(
                folder.resolve("refuse.json"),
                "{\"steps\": [{\"fault\": \"drop\"}, {\"fault\": \"drop-acks\", \"times\": 100}]}");
        Launcher other = new Launcher(Files.createDirectory(folder.resolve("other-logs")))
                .with("CXONE_HTTP_PORT", Launcher.freePort());

        Running running = other.start(
                Files.createDirectory(folder.resolve("other")),
                Launcher.folder().resolve("bin/cxone-assist"),
                "sandbox",
                "--faults",
                script);

        await().atMost(Duration.ofSeconds(90)).until(() -> running.out().contains("Ctrl-C stops it."));
        assertThat(running.out()).contains("of those sent: 0 acknowledged");
        other.close();
    }

    @Test
    @Order(3)
    void aSecondSandboxOnTheSamePortSaysSo() throws Exception {
        Running second = launcher.start(folder, Launcher.folder().resolve("bin/cxone-assist"), "sandbox");

        assertThat(second.exitCode(30)).isEqualTo(1);
        assertThat(second.err().lines())
                .containsExactly("cxone-assist cannot listen on its HTTP port: 127.0.0.1:" + port
                        + ": Address already in use. Stop what uses it, or choose another with cxone.http-port"
                        + " (CXONE_HTTP_PORT).");
        assertThat(second.out()).doesNotContain("\tat ", "ERROR");
    }

    @Test
    @Order(4)
    void ctrlCEndsItCleanly() throws Exception {
        // who runs the build in the background of a script has it ignored for all that the build starts
        assumeThat(new ProcessBuilder("sh", "-c", "trap 'exit 7' INT; kill -INT $$; exit 0")
                        .start()
                        .waitFor())
                .as("an interrupt reaches a process of ours")
                .isEqualTo(7);

        sandbox.interrupt();

        assertThat(sandbox.exitCode(10)).isEqualTo(130);
        assertThat(sandbox.out()).endsWith("Stopping." + System.lineSeparator());
        assertThat(sandbox.err()).isEmpty();
        assertThat(launcher.everything()).doesNotContain("\tat ", "Exception");
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
}
