package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A step under way: what it has seen, struck and holds. Lives on the event loop. */
final class RunningStep {

    private final Step step;
    /** Acknowledgements that wait for their new order. */
    private final List<Runnable> held = new ArrayList<>();
    /** Connections that it silenced, for when they come back. */
    private final List<Connection> silenced = new ArrayList<>();

    private int seen;
    private int struck;
    private boolean timed;
    private boolean over;

    RunningStep(Step step) {
        this.step = step;
    }

    Step step() {
        return step;
    }

    ScriptedFault fault() {
        return step.fault();
    }

    boolean isOver() {
        return over;
    }

    /** Whether it strikes at this occasion, which is one of its kind. */
    boolean strikes() {
        if (over) {
            return false;
        }
        if (seen < step.after()) {
            seen++;
            return false;
        }
        return true;
    }

    void struck() {
        struck++;
        if (struck >= step.times()) {
            finish();
        }
    }

    /** True once: when its time, if it has one, begins to run. */
    boolean beginsToLast() {
        var begins = !timed && step.lasting() != null;
        timed = true;
        return begins;
    }

    void hold(Runnable acknowledgement) {
        held.add(acknowledgement);
    }

    void silence(Connection connection) {
        silenced.add(connection);
    }

    /** No more strikes; what it held leaves, the last one first. */
    void finish() {
        over = true;
        Collections.reverse(held);
        held.forEach(Runnable::run);
        held.clear();
    }

    void bringBack() {
        silenced.forEach(Connection::bringBack);
        silenced.clear();
    }
}
