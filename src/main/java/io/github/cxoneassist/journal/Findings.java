package io.github.cxoneassist.journal;

import java.util.ArrayList;
import java.util.List;

/** Findings up to a bound, and how many there were. */
final class Findings {
    private final int bound;
    private final List<Finding> kept = new ArrayList<>();
    private long total;

    Findings(int bound) {
        this.bound = bound;
    }

    void add(Finding finding) {
        total++;
        if (kept.size() < bound) {
            kept.add(finding);
        }
    }

    List<Finding> kept() {
        return kept;
    }

    long total() {
        return total;
    }
}
