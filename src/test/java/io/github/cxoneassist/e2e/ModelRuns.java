package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.e2e.ModelStep.Drop;
import io.github.cxoneassist.e2e.ModelStep.Pass;
import io.github.cxoneassist.e2e.ModelStep.Reconnect;
import io.github.cxoneassist.sandbox.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/** Interactions side by side, a step of each at a time; after each step everything has to be as the model says. */
final class ModelRuns {

    /** What is not as the model says. */
    static final class DisagreementException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient ModelRun run;

        private DisagreementException(ModelRun run, String message) {
            super(message);
            this.run = run;
        }

        ModelRun run() {
            return run;
        }
    }

    private final PipelineUnderModel pipeline;
    private final List<ModelRun> runs;
    private final Duration patience;
    private final Map<String, ModelRun> byId = new HashMap<>();

    ModelRuns(PipelineUnderModel pipeline, List<ModelRun> runs, Duration patience) {
        this.pipeline = pipeline;
        this.runs = runs;
        this.patience = patience;
        runs.forEach(run -> byId.put(run.id(), run));
    }

    /** A step of each, all at once; returns when everything is as the model says. */
    void step(Map<ModelRun, ModelStep> steps) throws DisagreementException {
        pipeline.clock().advance(Duration.ofMillis(1));
        ModelStep global =
                steps.values().stream().filter(ModelStep::isGlobal).findFirst().orElse(null);
        if (global != null) {
            onAll(global);
        }
        Instant now = pipeline.clock().instant();
        steps.forEach((run, step) -> {
            run.steps().add(step);
            if (global == null) {
                run.take(step, pipeline, now);
            }
        });
        settle();
    }

    private void onAll(ModelStep step) {
        if (step instanceof Pass pass) {
            pipeline.clock().advance(Duration.ofHours(pass.hours()));
            runs.forEach(run -> run.model().passed(pipeline.clock().instant()));
        } else if (step instanceof Drop && pipeline.isOnline()) {
            runs.forEach(run -> run.model().drop());
            pipeline.drop(this::read);
        } else if (step instanceof Reconnect && !pipeline.isOnline()) {
            runs.forEach(run -> run.model().reconnect(pipeline.clock().instant()));
            pipeline.reconnect(this::read);
        }
    }

    /** @return whom it is about: nobody, where it is a run that is over */
    private List<ModelRun> read(PipelineUnderModel.Row row) {
        ModelRun run = byId.get(row.interactionId());
        if (run == null) {
            return List.of();
        }
        run.read(row);
        return List.of(run);
    }

    private void settle() throws DisagreementException {
        Set<ModelRun> unsettled = new HashSet<>(runs);
        try {
            await().atMost(patience)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> {
                        pipeline.newRows().forEach(row -> unsettled.addAll(read(row)));
                        for (PipelineUnderModel.Shown one : pipeline.newFrames()) {
                            ModelRun run = byId.get(one.interactionId());
                            if (run != null) {
                                run.show(one);
                                unsettled.add(run);
                            }
                        }
                        unsettled.removeIf(run -> run.isAsTheModelSays(pipeline));
                        return unsettled.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            ModelRun first = runs.stream()
                    .filter(run -> !run.isAsTheModelSays(pipeline))
                    .findFirst()
                    .orElseThrow();
            throw new DisagreementException(first, first.difference(pipeline));
        }
        runs.forEach(ModelRun::settled);
    }

    /** All windows end. */
    void finish() throws DisagreementException {
        for (ModelStep step : List.of(new Reconnect(), new Pass(24), new Pass(1))) {
            Map<ModelRun, ModelStep> all = new HashMap<>();
            runs.forEach(run -> all.put(run, step));
            step(all);
        }
    }

    void judge() {
        assertThat(pipeline.witness().unjournaled()).isEmpty();
        List<Violation> violations = new ArrayList<>(pipeline.cxone().referee().violations());
        Map<String, List<Integer>> tooMany = PipelineUnderModel.takeTooMany(violations);
        runs.stream().filter(run -> !run.model().tooMany().isEmpty()).forEach(run -> assertThat(
                        tooMany.remove(run.id()))
                .as("one more at CXone than there are slots, %s", run.id())
                .isEqualTo(run.model().tooMany()));
        assertThat(tooMany).isEmpty();
        assertThat(violations).isEmpty();
    }
}
