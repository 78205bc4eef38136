package io.github.cxoneassist.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process holds of the machine, at a moment.
 *
 * @param sockets both ends of those within the process, listening ones included
 * @param threads how many of each name, numbers left out
 * @param heap bytes that are reachable
 * @param instances how many of each class are reachable
 */
record Footprint(long sockets, Map<String, Long> threads, long heap, Map<String, Long> instances) {

    /** Collects the garbage first. */
    static Footprint now() {
        Map<String, Long> instances = new TreeMap<>();
        long heap = 0;
        for (String line : histogram().split("\n")) {
            // "   1:   123   4567  java.lang.String (java.base@17)"
            String[] columns = line.trim().split("\\s+");
            if (columns.length >= 4 && columns[0].endsWith(":")) {
                instances.merge(columns[3], Long.valueOf(columns[1]), Long::sum);
                heap += Long.parseLong(columns[2]);
            }
        }
        return new Footprint(fewestSockets(), threadsByName(), heap, instances);
    }

    // a token request comes and goes, and is not held
    private static long fewestSockets() {
        return LongStream.generate(Footprint::openSockets)
                .limit(20)
                .peek(seen -> LockSupport.parkNanos(100_000_000))
                .min()
                .orElseThrow();
    }

    static long openSockets() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Footprint::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Long> threadsByName() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("\\d+", "#"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    long instancesOf(String className) {
        return instances.getOrDefault(className, 0L);
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    // runs a full collection before it counts, as -all is not asked for
    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }
}
