package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.Launcher.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The distribution as an operator meets it: the script, its log and how it ends. */
class DistributionIT extends DistributionTestBase {

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
    void runSendsWhatComesOverHttpAndFromTheInboxAndEndsCleanly() throws Exception {
        Running running = launcher.start(here, script, "run");
        awaitReady(running);

        assertThat(post(suggestion("dist-1", "over-http")).statusCode()).isEqualTo(202);
        Path inbox = here.resolve("data/inbox");
        Path hidden = Files.writeString(inbox.resolve(".kb.part"), suggestion("dist-1", "from-file") + "\n");
        Files.move(hidden, inbox.resolve("kb.ndjson"));
        await().atMost(Duration.ofSeconds(20)).until(() -> running.out().contains("kb.ndjson: 1 suggestions, sent 1"));
        assertThat(cxone.referee().sends("over-http")).isEqualTo(1);
        assertThat(cxone.referee().sends("from-file")).isEqualTo(1);
        assertThat(here.resolve("data/cxone-assist.db")).isRegularFile();
        // the line is logged before the file moves
        await().untilAsserted(() -> assertThat(inbox.resolve(".done")).isDirectory());

        running.terminate();

        assertThat(running.exitCode(10)).isEqualTo(143);
        assertThat(running.err()).isEmpty();
        assertThat(running.out()).contains("-> CLOSED", "Apache Camel 4.17.0 (cxone-assist) shutdown in ");
        assertThat(names(home)).isEqualTo(names(Launcher.folder()));
    }

    @Test
    void theLogOfRunIsWhatAnOperatorWantsToRead() throws Exception {
        Running running = launcher.start(here, script, "run");
        awaitReady(running);
        running.terminate();
        running.exitCode(10);

        assertThat(running.out()).doesNotContain("WARN", "ERROR", "\tat ");
        assertThat(running.out().lines().map(line -> line.split("\\s+")[2]).distinct())
                .containsExactlyInAnyOrder("BaseMainSupport", "AbstractCamelContext", "Transitions", "RunCommand");
        assertThat(running.out().lines().filter(line -> line.contains("RunCommand")))
                .singleElement()
                .asString()
                .endsWith(("Up: suggestions in %s and at http://127.0.0.1:%d/api/suggestions, health at"
                                + " http://127.0.0.1:%d/observe/health, metrics at http://127.0.0.1:%d/observe/metrics")
                        .formatted(here.toRealPath().resolve("data/inbox"), port, port, port));
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

        awaitReady(running);
    }

    @Test
    void aHostThatOthersReachIsTakenWithAnApiKey() throws Exception {
        Running running = launcher.with("CXONE_HTTP_HOST", "0.0.0.0")
                .with("CXONE_API_KEY", API_KEY)
                .start(here, script, "run");

        awaitReady(running);
        assertThat(post(suggestion("dist-2", "no-key")).statusCode()).isEqualTo(401);
    }

    private static Set<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return new TreeSet<>(
                    files.map(folder::relativize).map(Path::toString).toList());
        }
    }
}
