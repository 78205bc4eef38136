package io.github.cxoneassist.bench;

import java.util.List;

/**
 * What one run has shown.
 *
 * @param perSecond suggestions, from the first offer to the last acceptance on disk
 * @param cpuMicros of the process, all its threads together, for one suggestion there and back
 * @param p50Micros from when a suggestion was due at a steady rate to when CXone had it; -1 where it wasn't measured
 * @param p99Micros the same
 * @param heapMegabytes reachable after a quarter, a half, three quarters, and all
 * @param trouble empty is good
 */
record Figures(
        String contender,
        int suggestions,
        double perSecond,
        double cpuMicros,
        long p50Micros,
        long p99Micros,
        List<Double> heapMegabytes,
        String trouble) {}
