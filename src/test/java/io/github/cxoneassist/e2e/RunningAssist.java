package io.github.cxoneassist.e2e;

import io.github.cxoneassist.cli.AssistApplication;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.sandbox.Agent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The whole application, as its folders put it together, against a CXone stand-in over real sockets. */
final class RunningAssist implements AutoCloseable {

    private final SandboxCxone cxone;
    private final AssistApplication application;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path inbox;
    private final Path database;
    private final int port;
    private final DatabaseSettings databaseSettings;

    private RunningAssist(
            SandboxCxone cxone, SandboxConfig config, Path folder, Map<String, String> settings, Consumer<Main> more)
            throws Exception {
        this.cxone = cxone;
        this.inbox = folder.resolve("inbox");
        this.database = folder.resolve("assist.db");
        this.port = freePort();
        Map<String, String> all = new HashMap<>(Map.of(
                "cxone.token-url", cxone.tokenUrl(),
                "cxone.websocket-url", cxone.webSocketUrl(),
                "cxone.client-id", config.clientId(),
                "cxone.client-secret", config.clientSecret(),
                "cxone.inbox", inbox.toString(),
                "cxone.database-url", "jdbc:sqlite:" + database,
                "cxone.http-port", String.valueOf(port),
                "camel.component.cxone-assist.reconnect-delay", "50",
                "camel.component.cxone-assist.max-reconnect-delay", "200"));
        // subscribers of the tests are on this machine, without TLS
        all.put("cxone.webhook.http-to-loopback", "true");
        all.put("cxone.webhook.allowed-networks", "127.0.0.0/8");
        all.putAll(settings);
        databaseSettings = new DatabaseSettings(
                all.get("cxone.database-url"), all.get("cxone.database-user"), all.get("cxone.database-password"));
        application = new AssistApplication(Path.of("").toAbsolutePath(), "production", List.of(), all);
        more.accept(application.main());
        application.main().start();
    }

    static RunningAssist start(Path folder, Agent agent) throws Exception {
        return start(folder, agent, Map.of());
    }

    /** @param settings beside those that every test needs; they win */
    static RunningAssist start(Path folder, Agent agent, Map<String, String> settings) throws Exception {
        return start(folder, agent, SandboxConfig.builder().build(), settings, main -> {});
    }

    /** @param more done to the application before it starts */
    static RunningAssist start(
            Path folder, Agent agent, SandboxConfig config, Map<String, String> settings, Consumer<Main> more)
            throws Exception {
        SandboxCxone cxone = new SandboxCxone(config, agent);
        cxone.start();
        try {
            return new RunningAssist(cxone, config, folder, settings, more);
        } catch (Exception e) {
            cxone.close();
            throw e;
        }
    }

    /** The settings of an application that keeps its audit log there. */
    static Map<String, String> on(DatabaseSettings database) {
        Map<String, String> settings = new HashMap<>();
        settings.put("cxone.database-url", database.url());
        if (database.user() != null) {
            settings.put("cxone.database-user", database.user());
            settings.put("cxone.database-password", database.password());
        }
        return settings;
    }

    SandboxCxone cxone() {
        return cxone;
    }

    CamelContext camelContext() {
        return application.main().getCamelContext();
    }

    Path database() {
        return database;
    }

    Path inbox() {
        return inbox;
    }

    /** Puts a whole file into the watched folder at once. */
    void drop(String name, String content) {
        try {
            Path hidden = inbox.resolve("." + name + ".part");
            Files.createDirectories(inbox);
            Files.writeString(hidden, content);
            Files.move(hidden, inbox.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> post(String contentType, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url("/api/suggestions")))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String json) throws Exception {
        return post("application/json", json);
    }

    /** A POST without a body. */
    HttpResponse<String> send(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path))).POST(HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url(path))).build(), HttpResponse.BodyHandlers.ofString());
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The audit log as it is on disk, by a connection of its own. */
    List<AuditRow> audit() {
        try (var connection = DriverManager.getConnection(
                        databaseSettings.url(), databaseSettings.user(), databaseSettings.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(AuditRow.SELECT + " ORDER BY seq")) {
            return AuditRow.all(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code event suggestion [reason]} of each row that is about a suggestion, in order. */
    List<String> auditLines() {
        return auditOfSuggestions().stream().map(AuditRow::line).toList();
    }

    /** Without the rows that are about the session. */
    List<AuditRow> auditOfSuggestions() {
        return audit().stream().filter(row -> !row.isOfTheSession()).toList();
    }

    /** Stops the application and leaves the stand-in as it is. */
    void stopApplication() {
        application.main().stop();
    }

    @Override
    public void close() {
        application.main().stop();
        cxone.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
