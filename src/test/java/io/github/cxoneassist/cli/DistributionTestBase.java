package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.cli.Launcher.Running;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The distribution, unpacked and reached through links, a CXone to connect to, and a folder to start it in. */
abstract class DistributionTestBase {

    static final String WEBHOOK_SECRET = "whsec_too/short/and/secret";
    static final String API_KEY = "a-key-of-the-api";
    static final String DATABASE_PASSWORD = "hunter2-of-the-database";
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    static Path shared;

    static SandboxConfig config;
    static SandboxCxone cxone;
    static Path home;
    static Path script;

    @TempDir
    Path folder;

    Path here;
    Launcher launcher;
    int port;

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

    static void awaitReady(Running running) {
        await().atMost(START).until(() -> running.out().contains("-> READY"));
    }

    HttpResponse<String> post(String json) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/suggestions"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    static String suggestion(String interactionId, String id) {
        Instant now = Instant.now();
        return ("{\"interactionId\":\"%s\",\"id\":\"%s\",\"content\":\"Offer a call back\",\"priority\":\"HIGH\","
                        + "\"relevanceScore\":0.9,\"contextWindow\":{\"start\":\"%s\",\"end\":\"%s\"}}")
                .formatted(interactionId, id, now.minusSeconds(60), now.plusSeconds(300));
    }
}
