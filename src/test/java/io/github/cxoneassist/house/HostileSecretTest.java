package io.github.cxoneassist.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.AssistApplication;
import io.github.cxoneassist.oauth.CapturedLog;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.github.cxoneassist.sandbox.TokenRequest;
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
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret with every sign that means something to somebody reaches the token endpoint as it is, and nobody else. */
class HostileSecretTest {

    private static final String CLIENT = "hostile-client";
    private static final String SECRET = "X +a%b&c=d#e)";
    private static final String NOT_ASCII = "grün €uro ключ 鍵";

    @TempDir
    Path folder;

    private SandboxCxone cxone;

    @AfterEach
    void close() {
        cxone.close();
    }

    @Test
    void fromTheFileGivenWithConfig() throws Exception {
        expect(SECRET);
        Path file = file("cxone.client-secret = " + SECRET);

        String log = runApplication(List.of(file), Map.of());

        assertAccepted();
        assertThat(log).contains("cxone-assist").doesNotContain(SECRET);
    }

    @Test
    void fromTheComponentsPropertyInTheFileGivenWithConfig() throws Exception {
        expect(SECRET);
        Path file = file("camel.component.cxone-assist.client-secret = " + SECRET);

        String log = runApplication(List.of(file), Map.of());

        assertAccepted();
        assertThat(log).doesNotContain(SECRET);
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
        assertThat(log).contains("cxone-assist").doesNotContain(SECRET);
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
    void fromAProfileThatAKameletNames() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of(
                        "camel.kamelet.cxone-assist-sink.oauthProfile",
                        "cx",
                        "camel.kamelet.cxone-assist-sink.webSocketUrl",
                        cxone.webSocketUrl(),
                        "camel.oauth.cx.client-id",
                        CLIENT,
                        "camel.oauth.cx.client-secret",
                        SECRET,
                        "camel.oauth.cx.token-endpoint",
                        cxone.tokenUrl()),
                "kamelet:cxone-assist-sink");

        assertAccepted();
        assertThat(log).doesNotContain(SECRET);
    }

    @Test
    void fromTheComponentsPropertyOfAnApplicationOfOnesOwn() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of(
                        "camel.component.cxone-assist.token-url",
                        cxone.tokenUrl(),
                        "camel.component.cxone-assist.web-socket-url",
                        cxone.webSocketUrl(),
                        "camel.component.cxone-assist.client-id",
                        CLIENT,
                        "camel.component.cxone-assist.client-secret",
                        SECRET),
                "cxone-assist:own");

        assertAccepted();
        assertThat(log).doesNotContain(SECRET);
    }

    @Test
    void fromTheKameletsPropertyOfAnApplicationOfOnesOwn() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of(
                        "camel.kamelet.cxone-assist-sink.tokenUrl",
                        cxone.tokenUrl(),
                        "camel.kamelet.cxone-assist-sink.webSocketUrl",
                        cxone.webSocketUrl(),
                        "camel.kamelet.cxone-assist-sink.clientId",
                        CLIENT,
                        "camel.kamelet.cxone-assist-sink.clientSecret",
                        SECRET),
                "kamelet:cxone-assist-sink");

        assertAccepted();
        assertThat(log).doesNotContain(SECRET);
    }

    @Test
    void fromARouteThatSaysRaw() throws Exception {
        expect(SECRET);

        String log = runRoute(
                Map.of("my.secret", SECRET),
                "cxone-assist:own?clientId=" + CLIENT + "&clientSecret=RAW({{my.secret}})&tokenUrl=" + cxone.tokenUrl()
                        + "&webSocketUrl=" + cxone.webSocketUrl());

        assertAccepted();
        assertThat(log).doesNotContain(SECRET);
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

    @Test
    void aKameletThatFailsToStartDoesNotShowTheSecret() {
        expect(SECRET);

        assertFailsWithoutTheSecret(
                route(
                        Map.of(
                                "camel.kamelet.cxone-assist-sink.region",
                                "eu",
                                "camel.kamelet.cxone-assist-sink.grantType",
                                "magic",
                                "camel.kamelet.cxone-assist-sink.clientId",
                                CLIENT,
                                "camel.kamelet.cxone-assist-sink.clientSecret",
                                SECRET),
                        "kamelet:cxone-assist-sink"),
                "magic");
    }

    @Test
    void aRouteThatFailsToStartDoesNotShowTheSecretThatItSaysRaw() {
        expect(SECRET);

        assertFailsWithoutTheSecret(
                route(
                        Map.of("my.secret", SECRET),
                        "cxone-assist:own?region=eu&grantType=magic&clientId=" + CLIENT
                                + "&clientSecret=RAW({{my.secret}})"),
                "magic");
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
            await().atMost(30, TimeUnit.SECONDS).until(() -> answered() || !process.isAlive());
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertAccepted();
        assertThat(output).content().contains("CONNECTING").doesNotContain(SECRET);
    }

    private static void assertFailsWithoutTheSecret(Main main, String reason) {
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            assertThatThrownBy(main::start)
                    .satisfies(failure ->
                            assertThat(withCauses(failure)).contains(reason).doesNotContain(SECRET));
            assertThat(log.text()).contains("is starting").doesNotContain(SECRET);
        } finally {
            main.stop();
        }
    }

    private void expect(String secret) {
        cxone = new SandboxCxone(SandboxConfig.builder().client(CLIENT, secret).build(), new ManualAgent()).start();
    }

    private void assertAccepted() {
        assertThat(cxone.referee().tokenRequests())
                .extracting(TokenRequest::clientId, TokenRequest::answer)
                .containsExactly(tuple(CLIENT, TokenRequest.OK));
    }

    private boolean answered() {
        return cxone.referee().tokenRequests().stream()
                .anyMatch(request -> !request.answer().equals(TokenRequest.UNANSWERED));
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

    private String runRoute(Map<String, String> properties, String uri) {
        try (CapturedLog log = new CapturedLog(Level.INFO)) {
            runUntilAnswered(route(properties, uri));
            return log.text();
        }
    }

    private Main route(Map<String, String> properties, String uri) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addInitialProperty("cxone.database-url", "jdbc:sqlite:" + folder.resolve("own.db"));
        properties.forEach(main::addInitialProperty);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        });
        return main;
    }

    private void runUntilAnswered(Main main) {
        main.start();
        try {
            await().until(this::answered);
        } finally {
            main.stop();
        }
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("own.properties"), List.of(lines), StandardCharsets.UTF_8);
    }

    private static String withCauses(Throwable failure) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
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
