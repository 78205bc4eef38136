package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.ScriptedFault.Behave;
import io.github.cxoneassist.sandbox.ScriptedFault.HalfOpen;
import io.github.cxoneassist.sandbox.ScriptedFault.ReorderAcks;
import io.github.cxoneassist.sandbox.ScriptedFault.StopReading;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a sandbox misbehaves, step by step. A stage is over when all its steps are; then the next one begins. At one
 * occasion the steps of a stage see each other's doings in their order: what the first lets pass comes to the second.
 *
 * @param stages each the steps that are under way together
 */
public record FaultScript(List<List<Step>> stages) {

    /** Behaves. */
    public static final FaultScript NONE = new FaultScript(List.of());

    /** As a number of times: without end. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    public FaultScript {
        stages = stages.stream().map(List::copyOf).toList();
        if (stages.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("A stage has at least one step");
        }
    }

    /** One after the other. */
    public static FaultScript inOrder(Step... steps) {
        return new FaultScript(Stream.of(steps).map(List::of).toList());
    }

    /** All at the same time. */
    public static FaultScript together(Step... steps) {
        return new FaultScript(List.of(List.of(steps)));
    }

    /**
     * Reads {@code {"steps": [{"fault": "refuse-upgrade", "status": 503, "times": 2}, …]}}; an array among the steps
     * holds steps that are under way together. Strict: what it doesn't know is an error.
     *
     * @throws IllegalArgumentException with a message that names the step and the field
     */
    public static FaultScript parse(String json) {
        return FaultScriptReader.read(json);
    }

    public FaultScript then(FaultScript next) {
        return new FaultScript(
                Stream.concat(stages.stream(), next.stages.stream()).toList());
    }

    /**
     * A fault with its measure. It is over after so many times or after so long, whichever comes first.
     *
     * @param after   how many occasions pass unharmed before it begins to strike
     * @param times   how often it strikes; {@link #ALWAYS} for no limit
     * @param lasting how long it goes on from when it begins to strike; null for no limit
     */
    public record Step(ScriptedFault fault, int after, int times, Duration lasting) {
        public Step {
            Objects.requireNonNull(fault, "fault");
            require(after >= 0, "after: must not be negative");
            require(times >= 1, "times: must be at least 1");
            require(lasting == null || lasting.toMillis() > 0, "forMillis: must be at least 1");
            if (fault instanceof Behave) {
                require(lasting != null, "forMillis: is missing; nothing else ends it");
            }
            if (fault.occasion() == Occasion.NOW) {
                require(after == 0, "after: counts nothing at now; say at what");
                require(times == 1 || times == ALWAYS, "times: now is only once; say at what");
                require(
                        lasting == null
                                || fault instanceof Behave
                                || fault instanceof HalfOpen
                                || fault instanceof StopReading,
                        "forMillis: now does not last; say at what");
            }
            if (fault instanceof ReorderAcks) {
                require(times >= 2, "times: one alone has no order; say how many, or forMillis");
            }
        }

        private static void require(boolean rule, String message) {
            if (!rule) {
                throw new IllegalArgumentException(message);
            }
        }

        public Step after(int occasions) {
            return new Step(fault, occasions, times, lasting);
        }

        public Step times(int limit) {
            return new Step(fault, after, limit, lasting);
        }

        public Step lasting(Duration limit) {
            return new Step(fault, after, times, limit);
        }
    }
}
