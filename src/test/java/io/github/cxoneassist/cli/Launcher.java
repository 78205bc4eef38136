package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the distribution as an operator does, with an environment of its own, and reads what it says. */
final class Launcher implements AutoCloseable {

    private static final Path FOLDER = Path.of(System.getProperty("cxone.distribution", "target/cxone-assist-0.1.0"))
            .toAbsolutePath();

    private final Path logs;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Running> started = new ArrayList<>();

    /** @param logs a folder for what the processes say */
    Launcher(Path logs) {
        this.logs = logs;
    }

    /** The folder that the build made. */
    static Path folder() {
        return FOLDER;
    }

    static Path zip() {
        return FOLDER.resolveSibling(FOLDER.getFileName() + ".zip");
    }

    static String version() {
        return FOLDER.getFileName().toString().replace("cxone-assist-", "");
    }

    /** Unpacks the zip with its permissions; returns the folder that was in it. */
    static Path unpack(Path target) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(zip(), Map.of("enablePosixFileAttributes", true));
                Stream<Path> entries = Files.walk(zip.getPath("/"))) {
            for (Path entry : entries.toList()) {
                Path file = target.resolve(entry.toString().substring(1));
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(file);
                } else {
                    Files.copy(entry, file, StandardCopyOption.COPY_ATTRIBUTES);
                    Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
                }
            }
        }
        return target.resolve(FOLDER.getFileName().toString());
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Launcher with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    Launcher without(String variable) {
        environment.remove(variable);
        return this;
    }

    Running start(Path directory, Object... command) {
        try {
            int number = started.size();
            Path out = logs.resolve("out-" + number + ".log");
            Path err = logs.resolve("err-" + number + ".log");
            ProcessBuilder builder = new ProcessBuilder(
                            Stream.of(command).map(Object::toString).toList())
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("CXONE_")
                            || name.startsWith("CAMEL_")
                            || name.startsWith("LOG4J")
                            || name.startsWith("JDK_JAVA")
                            || name.startsWith("JAVA_"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            // a short life is not worth optimising
            builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
            builder.environment().putAll(environment);
            Running running = new Running(builder.start(), out, err);
            started.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the processes have said so far. */
    String everything() {
        StringBuilder all = new StringBuilder();
        started.forEach(running -> all.append(running.out()).append(running.err()));
        return all.toString();
    }

    @Override
    public void close() {
        started.forEach(running -> running.process().destroyForcibly().onExit().join());
    }

    record Running(Process process, Path outFile, Path errFile) {

        String out() {
            return read(outFile);
        }

        String err() {
            return read(errFile);
        }

        void terminate() {
            process.destroy();
        }

        /** What Ctrl-C does. */
        void interrupt() throws Exception {
            assertThat(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }

        int exitCode(int seconds) throws InterruptedException {
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                    .as("ended within %s s; out: %s%nerr: %s", seconds, out(), err())
                    .isTrue();
            return process.exitValue();
        }

        private static String read(Path file) {
            try {
                return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
