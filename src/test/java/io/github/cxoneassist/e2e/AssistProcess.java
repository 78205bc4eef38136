package io.github.cxoneassist.e2e;

import io.github.cxoneassist.Main;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The application as a process of its own, so that it can be killed: always on the same database and port. */
final class AssistProcess implements AutoCloseable {

    private final Path folder;
    private final Path config;
    private final int port;
    private Process process;

    /** @param database the settings that say where the audit log is */
    AssistProcess(Path folder, SandboxCxone cxone, SandboxConfig credentials, Map<String, String> database)
            throws IOException {
        this.folder = folder;
        this.port = freePort();
        this.config = folder.resolve("crash.properties");
        Files.writeString(
                config,
                String.join(
                        "\n",
                        "cxone.token-url = " + cxone.tokenUrl(),
                        "cxone.websocket-url = " + cxone.webSocketUrl(),
                        "cxone.client-id = " + credentials.clientId(),
                        "cxone.client-secret = " + credentials.clientSecret(),
                        lines(database),
                        "cxone.inbox = " + folder.resolve("inbox"),
                        "cxone.http-port = " + port,
                        ""));
    }

    private static String lines(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // a short life is not worth optimising
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        // its log configuration and not that of the tests, which stands before it on the class path
                        "-Dlog4j2.configurationFile=config/log4j2.properties",
                        Main.class.getName(),
                        "run",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    /** @throws AssertionError with what it said, if it has ended by itself */
    void mustBeAlive() {
        if (!process.isAlive()) {
            throw new AssertionError("It ended by itself, with " + process.exitValue() + ": " + said());
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is gone. */
    void kill() {
        close();
    }

    /** All that its lives have said. */
    List<String> said() {
        try {
            return Files.readAllLines(log());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    private Path log() {
        return folder.resolve("assist.log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
