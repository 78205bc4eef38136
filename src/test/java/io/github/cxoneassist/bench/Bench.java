package io.github.cxoneassist.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.sandbox.SandboxConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs each contender in turn and prints the table for docs/performance.md. With {@code bench.contenders} only some of them,
 * with {@code bench.suggestions} fewer suggestions, with {@code bench.jvm} options for the contender's JVM, such as a profiler's.
 */
final class Bench {

    private static final int SUGGESTIONS = Integer.getInteger("bench.suggestions", 200_000);
    private static final int WARM_UP = 20_000;
    private static final int RATE = 2_000;
    private static final int STEADY_SECONDS = 20;
    /** The plain recipe is slow, and no faster when it does it longer. */
    private static final int PLAIN_SHARE = 10;
    /** It does not keep up, and what is late grows by the second. */
    private static final int PLAIN_STEADY_SECONDS = 2;

    private final Path folder;

    private Bench(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath());
        List<Contenders> contenders = Stream.of(System.getProperty(
                                "bench.contenders",
                                Arrays.stream(Contenders.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(",")))
                        .split(","))
                .map(Contenders::valueOf)
                .toList();
        List<Figures> all = new ArrayList<>();
        for (Contenders contender : contenders) {
            all.add(new Bench(folder).run(contender));
        }
        print(all);
    }

    private static Plan plan(Contenders contender) {
        return contender == Contenders.PLAIN_CAMEL
                ? new Plan(WARM_UP / PLAIN_SHARE, SUGGESTIONS / PLAIN_SHARE, RATE * PLAIN_STEADY_SECONDS, RATE)
                : new Plan(WARM_UP, SUGGESTIONS, RATE * STEADY_SECONDS, RATE);
    }

    private Figures run(Contenders contender) throws Exception {
        Path home = emptied(folder.resolve(contender.name().toLowerCase(Locale.ROOT)));
        Plan plan = plan(contender);
        Path arrivals = home.resolve("arrivals");
        Process cxone = java(List.of(), StandIn.class, arrivals.toString(), String.valueOf(plan.total()));
        try (BufferedReader fromCxone = cxone.inputReader(StandardCharsets.UTF_8)) {
            String[] urls = fromCxone.readLine().split(" ");
            SandboxConfig credentials = SandboxConfig.builder().build();
            Process process = java(
                    jvmOptions(),
                    BenchRun.class,
                    contender.name(),
                    plan.text(),
                    urls[0],
                    urls[1],
                    credentials.clientId(),
                    credentials.clientSecret(),
                    home.toString(),
                    arrivals.toString());
            String last = null;
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    last = line;
                }
            } finally {
                process.destroyForcibly();
            }
            if (last == null) {
                throw new IllegalStateException(contender.title() + " ended without figures");
            }
            cxone.outputWriter(StandardCharsets.UTF_8).append("report\n").flush();
            System.out.println(contender.title() + ": the referee saw " + fromCxone.readLine());
            return new ObjectMapper().readValue(last, Figures.class);
        } finally {
            cxone.destroyForcibly().onExit().join();
        }
    }

    private static List<String> jvmOptions() {
        String more = System.getProperty("bench.jvm", "");
        return Stream.concat(
                        Stream.of("-Xmx512m", "-XX:+UseG1GC"),
                        Stream.of(more.split(" ")).filter(option -> !option.isBlank()))
                .toList();
    }

    private static Process java(List<String> options, Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                // as in production, and not as in tests
                "-Dlog4j2.configurationFile=config/log4j2.properties",
                main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void print(List<Figures> all) {
        double pipeline = all.stream()
                .filter(one -> one.contender().equals(Contenders.PIPELINE.name()))
                .mapToDouble(Figures::perSecond)
                .findFirst()
                .orElse(Double.NaN);
        System.out.printf(
                "%n| | suggestions/s | pipeline is | CPU µs each | p50 ms | p99 ms | heap MB at 25, 50, 75, 100 %% |%n"
                        + "|---|--:|--:|--:|--:|--:|---|%n");
        for (Figures one : all) {
            System.out.printf(
                    "| %s | %,.0f | ×%.2f | %.0f | %s | %s | %s |%s%n",
                    Contenders.valueOf(one.contender()).title(),
                    one.perSecond(),
                    pipeline / one.perSecond(),
                    one.cpuMicros(),
                    millis(one.p50Micros()),
                    millis(one.p99Micros()),
                    one.heapMegabytes().stream().map("%.0f"::formatted).collect(Collectors.joining(", ")),
                    one.trouble().isEmpty() ? "" : " TROUBLE: " + one.trouble());
        }
        System.out.printf(
                "%nProcessors: %d; Java %s; latencies at a steady %,d/s%n",
                Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"), RATE);
    }

    private static String millis(long micros) {
        return micros < 0 ? "" : "%.1f".formatted(micros / 1e3);
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                old.sorted(Comparator.reverseOrder()).forEach(Bench::delete);
            }
        }
        return Files.createDirectories(folder);
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
