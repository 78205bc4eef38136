package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.AssistApplication;
import io.github.cxoneassist.oauth.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** A secret with every sign that means something to somebody reaches the token endpoint as it is, and nobody else. */
class HostileSecretTest extends HostileSecretTestBase {

    private static final String NOT_ASCII = "grün €uro ключ 鍵";

    @Test
    void fromTheFileGivenWithConfig() throws Exception {
        expect(SECRET);
        Path file = file("cxone.client-secret = " + SECRET);

        String log = runApplication(List.of(file), Map.of());

        assertAccepted();
        assertWithoutTheSecret(log);
    }

    @Test
    void fromTheComponentsPropertyInTheFileGivenWithConfig() throws Exception {
        expect(SECRET);
        Path file = file("camel.component.cxone-assist.client-secret = " + SECRET);

        String log = runApplication(List.of(file), Map.of());

        assertAccepted();
        assertWithoutTheSecret(log);
    }

    @Test
    void fromTheEnvironment() throws Exception {
        expect(SECRET);

        runWithEnvironment(Map.of("CXONE_CLIENT_SECRET", SECRET));
    }

    @Test
    void fromAProfileInTheFileGivenWithConfig() throws Exception {
        expect(SECRET);
        Path file = file(
                "cxone.oauth-profile = cx",
                "camel.oauth.cx.client-id = " + CLIENT,
                "camel.oauth.cx.client-secret = " + SECRET,
                "camel.oauth.cx.token-endpoint = " + cxone.tokenUrl());

        String log = runApplication(List.of(file), Map.of("cxone.client-id", "", "cxone.token-url", ""));

        assertAccepted();
        assertWithoutTheSecret(log);
    }

    @Test
    void fromAProfileInTheEnvironment() throws Exception {
        expect(SECRET);

        runWithEnvironment(Map.of(
                "CXONE_OAUTH_PROFILE",
                "cx",
                "CXONE_CLIENT_ID",
                "",
                "CXONE_TOKEN_URL",
                "",
                "CAMEL_OAUTH_CX_CLIENT_ID",
                CLIENT,
                "CAMEL_OAUTH_CX_CLIENT_SECRET",
                SECRET,
                "CAMEL_OAUTH_CX_TOKEN_ENDPOINT",
                cxone.tokenUrl()));
    }

    @Test
    void aFileInUtf8KeepsWhatIsNotAscii() throws Exception {
        expect(NOT_ASCII);
        Path file = file("cxone.client-secret = " + NOT_ASCII);

        runApplication(List.of(file), Map.of());

        assertAccepted();
    }

    @Test
    void aFileWithUnicodeEscapesKeepsWhatTheyStandFor() throws Exception {
        expect("grün €");
        Path file = file("cxone.client-secret = gr\\u00fcn \\u20AC");

        runApplication(List.of(file), Map.of());

        assertAccepted();
    }

    @Test
    void aRefusedSecretIsNotInTheLog() throws Exception {
        expect("another one");
        Path file = file("cxone.client-secret = " + SECRET);

        String log = runApplication(List.of(file), Map.of());

        assertThat(cxone.referee().tokenRequests().get(0).answer()).isEqualTo("invalid_client");
        assertThat(log).contains("invalid_client").doesNotContain(SECRET);
    }

    @Test
    void anApplicationThatFailsToStartDoesNotShowTheSecret() throws Exception {
        expect(SECRET);
        Path file = file("cxone.client-secret = " + SECRET);

        assertFailsWithoutTheSecret(
                application(List.of(file), Map.of("cxone.token-url", "http://not.loopback.example/token"))
                        .main(),
                "cxone.token-url");
    }

    private void runWithEnvironment(Map<String, String> environment) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlog4j2.configurationFile="
                        + Path.of("config/log4j2.properties").toUri(),
                "io.github.cxoneassist.Main",
                "run");
        settings().forEach((name, value) -> command.environment().put(environmentVariable(name), value));
        command.environment().putAll(environment);
        Path output = folder.resolve("output.txt");
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(60, TimeUnit.SECONDS).until(() -> answered() || !process.isAlive());
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertAccepted();
        assertThat(output).content().contains("CONNECTING").doesNotContain(SECRET);
    }

    /** Runs it until the token endpoint has answered. */
    private String runApplication(List<Path> files, Map<String, String> more) throws Exception {
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            AssistApplication application = application(files, more);
            runUntilAnswered(application.main());
            return log.text();
        }
    }

    private AssistApplication application(List<Path> files, Map<String, String> more) throws IOException {
        Map<String, String> settings = settings();
        settings.putAll(more);
        return new AssistApplication(Path.of("").toAbsolutePath(), "production", files, settings);
    }

    /** All that a start needs but the secret. */
    private Map<String, String> settings() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("cxone.token-url", cxone.tokenUrl());
        settings.put("cxone.websocket-url", cxone.webSocketUrl());
        settings.put("cxone.client-id", CLIENT);
        settings.put("cxone.inbox", folder.resolve("inbox").toString());
        settings.put("cxone.database-url", "jdbc:sqlite:" + folder.resolve("assist.db"));
        settings.put("cxone.http-port", String.valueOf(freePort()));
        return settings;
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("own.properties"), List.of(lines), StandardCharsets.UTF_8);
    }

    private static String environmentVariable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
