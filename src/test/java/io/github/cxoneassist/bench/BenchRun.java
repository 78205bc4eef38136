package io.github.cxoneassist.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One contender in a process of its own: warmed up, then driven as fast as it goes in four quarters, then at a steady rate.
 * The last line that it prints is its {@link Figures}.
 */
final class BenchRun {

    /** What a source keeps under way: enough to fill a commit, few enough to be polite. */
    private static final int UNDER_WAY = 512;

    private static final int QUARTERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Semaphore underWay = new Semaphore(UNDER_WAY);
    private final Contender contender;
    private final Arrivals arrivals;
    private final Duration window;
    private int next;

    private BenchRun(Contender contender, Arrivals arrivals, Duration window) {
        this.contender = contender;
        this.arrivals = arrivals;
        this.window = window;
    }

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        // what libraries print must not be taken for the figures
        System.setOut(System.err);
        String name = args[0];
        Plan plan = Plan.parse(args[1]);
        Surroundings given = new Surroundings(args[2], args[3], args[4], args[5], Path.of(args[6]));
        Arrivals arrivals = Arrivals.in(Path.of(args[7]), plan.total());
        Figures figures;
        try (Contender contender = Contenders.valueOf(name).start(given)) {
            figures = new BenchRun(contender, arrivals, Contenders.valueOf(name).window()).run(name, plan);
        }
        out.println(new ObjectMapper().writeValueAsString(figures));
        out.flush();
        System.exit(0);
    }

    private Figures run(String name, Plan plan) throws InterruptedException {
        drive(plan.warmUp());
        List<Double> heap = new ArrayList<>();
        long nanos = 0;
        long cpu = 0;
        for (int i = 0; i < QUARTERS; i++) {
            long began = System.nanoTime();
            long cpuBefore = machine.getProcessCpuTime();
            drive(plan.suggestions() / QUARTERS);
            nanos += System.nanoTime() - began;
            cpu += machine.getProcessCpuTime() - cpuBefore;
            heap.add(heapMegabytes());
            System.err.printf(
                    "%s: %,d of %,d suggestions, %,.0f/s so far%n",
                    name,
                    (i + 1) * plan.suggestions() / QUARTERS,
                    plan.suggestions(),
                    (i + 1) * plan.suggestions() / QUARTERS / (nanos / 1e9));
        }
        long[] latencies = plan.steady() == 0 ? new long[0] : steadily(plan);
        return new Figures(
                name,
                plan.suggestions(),
                plan.suggestions() / (nanos / 1e9),
                cpu / 1e3 / plan.suggestions(),
                percentile(latencies, 0.50),
                percentile(latencies, 0.99),
                heap,
                contender.trouble());
    }

    /** As fast as it goes; returns when the last one was accepted. */
    private void drive(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            offer();
        }
        awaitAll();
    }

    /** By the clock, whether the contender keeps up or not: what is late because the one before was late, is late. */
    private long[] steadily(Plan plan) throws InterruptedException {
        long pause = TimeUnit.SECONDS.toNanos(1) / plan.rate();
        int first = next;
        long[] due = new long[plan.steady()];
        long began = System.nanoTime();
        for (int i = 0; i < plan.steady(); i++) {
            due[i] = began + i * pause;
            for (long early = due[i] - System.nanoTime(); early > 0; early = due[i] - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            offer();
        }
        awaitAll();
        for (int i = 0; i < due.length; i++) {
            due[i] = arrivals.of(first + i) - due[i];
        }
        // while it gets into its stride
        return Arrays.copyOfRange(due, due.length / 5, due.length);
    }

    private void offer() throws InterruptedException {
        underWay.acquire();
        contender.offer(Offer.of(next++, Instant.now(), window), underWay::release);
    }

    private void awaitAll() {
        await(() -> contender.accepted() >= next);
    }

    private void await(BooleanSupplier what) {
        Instant end = Instant.now().plus(PATIENCE);
        long last = -1;
        while (!what.getAsBoolean()) {
            if (contender.accepted() != last) {
                last = contender.accepted();
                end = Instant.now().plus(PATIENCE);
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Of " + next + " only " + contender.accepted()
                        + " were accepted, and nothing moves. " + contender.trouble());
            }
            LockSupport.parkNanos(200_000);
        }
    }

    private static double heapMegabytes() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static long percentile(long[] nanos, double share) {
        if (nanos.length == 0) {
            return -1;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1_000;
    }
}
