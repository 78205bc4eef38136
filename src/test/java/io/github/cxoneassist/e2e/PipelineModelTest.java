package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.e2e.ModelInteraction.Body;
import io.github.cxoneassist.e2e.ModelInteraction.Policy;
import io.github.cxoneassist.e2e.ModelStep.Again;
import io.github.cxoneassist.e2e.ModelStep.Drop;
import io.github.cxoneassist.e2e.ModelStep.End;
import io.github.cxoneassist.e2e.ModelStep.Pass;
import io.github.cxoneassist.e2e.ModelStep.Reconnect;
import io.github.cxoneassist.e2e.ModelStep.Suggest;
import io.github.cxoneassist.e2e.ModelStep.Tell;
import io.github.cxoneassist.journal.Verification;
import io.github.cxoneassist.sandbox.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random interleavings of all that can happen to suggestions, over the whole application, against {@link ModelInteraction}: the
 * real Kamelet and routes, session and sockets, a database on disk, and a clock that the test turns. Interactions run side by
 * side, a step of each at a time; after each step everything has to be as the model says.
 *
 * <p>The long form is {@code mvn test -Dtest=PipelineModelTest -Dmodel.runs=20000}; with {@code -Dmodel.seed} the dice fall as
 * they did in another run.
 */
class PipelineModelTest {

    private static final int RUNS = Integer.getInteger("model.runs", 1_000);
    private static final long SEED = Long.getLong("model.seed", System.nanoTime());

    private static final int SIDE_BY_SIDE = 200;
    private static final int CROWD = 60;
    private static final int STEPS = 55;
    private static final int MOST_OPERATIONS = 40;
    private static final int LEAST_OPERATIONS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PATIENCE_WHILE_SHRINKING = Duration.ofSeconds(3);
    private static final Duration SHRINKING = Duration.ofSeconds(60);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private int interactions;

    /** One interaction, in the model and for real. */
    private static final class Run {
        private final String id;
        private final Policy policy;
        private final ModelInteraction model;
        private final List<ModelStep> steps = new ArrayList<>();
        private final List<CompletableFuture<Exchange>> offered = new ArrayList<>();
        private final List<CompletableFuture<Exchange>> ends = new ArrayList<>();
        private final Map<String, List<String>> rows = new TreeMap<>();
        private final List<String> frames = new ArrayList<>();
        private int ids;
        private int operations;

        private Run(String id, Policy policy) {
            this.id = id;
            this.policy = policy;
            this.model = new ModelInteraction(policy);
        }

        private List<String> answers() {
            return offered.stream().map(PipelineUnderModel::answer).toList();
        }

        private boolean isAsTheModelSays(PipelineUnderModel pipeline) {
            return rows.equals(model.rows())
                    && model.explains(frames)
                    && answers().equals(model.answers())
                    && ends.stream().allMatch(CompletableFuture::isDone)
                    && pipeline.slots(id).equals(model.slots(pipeline.clock().instant()));
        }

        private String difference(PipelineUnderModel pipeline) {
            StringBuilder text = new StringBuilder();
            compare(text, "answers", model.answers(), answers());
            Map<String, List<String>> unlike = new TreeMap<>(model.rows());
            unlike.entrySet().removeAll(rows.entrySet());
            Map<String, List<String>> actual = new TreeMap<>(rows);
            actual.entrySet().removeAll(model.rows().entrySet());
            compare(text, "audit log", unlike, actual);
            compare(text, "frames of the last step", model.frames(), model.explains(frames) ? model.frames() : frames);
            compare(text, "ledger", model.slots(pipeline.clock().instant()), pipeline.slots(id));
            return text.toString();
        }

        private static void compare(StringBuilder text, String what, Object expected, Object actual) {
            if (!expected.equals(actual)) {
                text.append("%n  %s%n    model:  %s%n    really: %s".formatted(what, expected, actual));
            }
        }
    }

    /** What is not as the model says. */
    private static final class DisagreementException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Run run;

        private DisagreementException(Run run, String message) {
            super(message);
            this.run = run;
        }
    }

    @Test
    void afterEachStepOfAnyInterleavingAllIsAsTheModelSays() throws Exception {
        System.out.println("PipelineModelTest: -Dmodel.runs=" + RUNS + " -Dmodel.seed=" + SEED);
        Random random = new Random(SEED);
        try (PipelineUnderModel pipeline = new PipelineUnderModel(folder, AN_HOUR, Duration.ofMillis(100))) {
            int batches = (RUNS + SIDE_BY_SIDE - 1) / SIDE_BY_SIDE;
            for (int i = 0; i < batches; i++) {
                batch(pipeline, random);
            }
            assertThat(pipeline.verification()).isInstanceOf(Verification.Intact.class);
        }
    }

    @Test
    void whateverHappensAtOnceNothingIsLostSentUnjournaledEndedTwiceOrTooMuch() throws Exception {
        System.out.println("PipelineModelTest, at once: -Dmodel.runs=" + RUNS + " -Dmodel.seed=" + SEED);
        Random random = new Random(SEED);
        try (PipelineUnderModel pipeline = new PipelineUnderModel(folder, Duration.ofMillis(200), Duration.ofDays(1))) {
            for (int i = 0; i * CROWD < RUNS / 4; i++) {
                ModelCrowd crowd = new ModelCrowd(pipeline, i, CROWD);
                crowd.run(random);
                crowd.judge();
                pipeline.cxone().reset();
            }
            assertThat(pipeline.verification()).isInstanceOf(Verification.Intact.class);
        }
    }

    private void batch(PipelineUnderModel pipeline, Random random) throws Exception {
        List<Run> runs = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            runs.add(newRun(Policy.values()[i % Policy.values().length]));
            lengths.add(LEAST_OPERATIONS + random.nextInt(MOST_OPERATIONS - LEAST_OPERATIONS + 1));
        }
        try {
            for (int step = 0; step < STEPS; step++) {
                Map<Run, ModelStep> all = new HashMap<>();
                ModelStep global = random.nextInt(5) == 0 ? ModelStep.global(random, pipeline.isOnline()) : null;
                for (int i = 0; i < runs.size(); i++) {
                    Run run = runs.get(i);
                    if (global != null) {
                        all.put(run, global);
                    } else if (run.operations < lengths.get(i) && random.nextInt(6) > 0) {
                        all.put(run, ModelStep.local(random, run.ids));
                    }
                }
                step(pipeline, runs, all, PATIENCE);
            }
            finish(pipeline, runs, PATIENCE);
        } catch (DisagreementException e) {
            report(pipeline, e);
        }
        judge(pipeline, runs);
        pipeline.cxone().reset();
    }

    private Run newRun(Policy policy) {
        return new Run("call-" + ++interactions, policy);
    }

    /** A step of each, all at once; returns when everything is as the model says. */
    private void step(PipelineUnderModel pipeline, List<Run> runs, Map<Run, ModelStep> steps, Duration patience)
            throws DisagreementException {
        Map<String, Run> byId = new HashMap<>();
        runs.forEach(run -> byId.put(run.id, run));
        pipeline.clock().advance(Duration.ofMillis(1));
        ModelStep global =
                steps.values().stream().filter(ModelStep::isGlobal).findFirst().orElse(null);
        if (global != null) {
            onAll(pipeline, runs, global, byId);
        }
        Instant now = pipeline.clock().instant();
        steps.forEach((run, step) -> {
            run.steps.add(step);
            if (global == null) {
                onOne(pipeline, run, step, now);
            }
        });
        settle(pipeline, runs, byId, patience);
    }

    private static void onAll(PipelineUnderModel pipeline, List<Run> runs, ModelStep step, Map<String, Run> byId) {
        if (step instanceof Pass pass) {
            pipeline.clock().advance(Duration.ofHours(pass.hours()));
            runs.forEach(run -> run.model.passed(pipeline.clock().instant()));
        } else if (step instanceof Drop && pipeline.isOnline()) {
            runs.forEach(run -> run.model.drop());
            pipeline.drop(row -> read(row, byId));
        } else if (step instanceof Reconnect && !pipeline.isOnline()) {
            runs.forEach(run -> run.model.reconnect(pipeline.clock().instant()));
            pipeline.reconnect(row -> read(row, byId));
        }
    }

    private static void onOne(PipelineUnderModel pipeline, Run run, ModelStep step, Instant now) {
        run.operations++;
        if (step instanceof Suggest suggest) {
            run.ids++;
            offer(pipeline, run, run.model.suggest(suggest, now));
        } else if (step instanceof Again again) {
            run.model.again(again.id(), now).ifPresent(body -> offer(pipeline, run, body));
        } else if (step instanceof Tell tell) {
            run.model.tell(tell.word(), tell.id(), now);
            pipeline.tell(tell.word(), run.id, tell.id());
        } else if (step instanceof End) {
            run.model.end(now);
            run.ends.add(pipeline.end(run.policy, run.id));
        }
    }

    private static void offer(PipelineUnderModel pipeline, Run run, Body body) {
        run.offered.add(pipeline.offer(run.policy, run.id, body));
    }

    /** @return whom it is about: nobody, where it is a run that is over */
    private static List<Run> read(PipelineUnderModel.Row row, Map<String, Run> byId) {
        Run run = byId.get(row.interactionId());
        if (run == null) {
            return List.of();
        }
        run.rows.computeIfAbsent(row.suggestionId(), id -> new ArrayList<>()).add(row.line());
        return List.of(run);
    }

    private static void settle(PipelineUnderModel pipeline, List<Run> runs, Map<String, Run> byId, Duration patience)
            throws DisagreementException {
        Set<Run> unsettled = new HashSet<>(runs);
        try {
            await().atMost(patience)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> {
                        pipeline.newRows().forEach(row -> unsettled.addAll(read(row, byId)));
                        for (PipelineUnderModel.Shown one : pipeline.newFrames()) {
                            Run run = byId.get(one.interactionId());
                            if (run != null) {
                                run.frames.add(one.frame());
                                unsettled.add(run);
                            }
                        }
                        unsettled.removeIf(run -> run.isAsTheModelSays(pipeline));
                        return unsettled.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            Run first = runs.stream()
                    .filter(run -> !run.isAsTheModelSays(pipeline))
                    .findFirst()
                    .orElseThrow();
            throw new DisagreementException(first, first.difference(pipeline));
        }
        runs.forEach(run -> {
            run.model.framesSeen(run.frames);
            run.frames.clear();
        });
    }

    /** All windows end. */
    private void finish(PipelineUnderModel pipeline, List<Run> runs, Duration patience) throws DisagreementException {
        for (ModelStep step : List.of(new Reconnect(), new Pass(24), new Pass(1))) {
            Map<Run, ModelStep> all = new HashMap<>();
            runs.forEach(run -> all.put(run, step));
            step(pipeline, runs, all, patience);
        }
    }

    private static void judge(PipelineUnderModel pipeline, List<Run> runs) {
        assertThat(pipeline.witness().unjournaled()).isEmpty();
        List<Violation> violations = new ArrayList<>(pipeline.cxone().referee().violations());
        runs.stream()
                .filter(run -> run.model.everEnded())
                .forEach(run -> violations.removeIf(violation -> violation.kind() == Violation.Kind.TOO_MANY_ACTIVE
                        && violation.text().contains(run.id + ",")));
        assertThat(violations).isEmpty();
    }

    /** Says what went wrong, and tries to say it with fewer steps. */
    private void report(PipelineUnderModel pipeline, DisagreementException found) {
        List<ModelStep> steps = found.run.steps;
        String difference = found.getMessage();
        String again = "; alone, this interaction behaves";
        long end = System.nanoTime() + SHRINKING.toNanos();
        String alone = disagreement(pipeline, found.run.policy, steps);
        if (alone != null) {
            again = "";
            for (int i = steps.size() - 1; i >= 0 && System.nanoTime() < end; i--) {
                List<ModelStep> fewer = new ArrayList<>(steps);
                fewer.remove(i);
                String still = disagreement(pipeline, found.run.policy, fewer);
                if (still != null) {
                    steps = fewer;
                    difference = still;
                }
            }
        }
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append("%n  ").append(step));
        fail("-Dmodel.seed=%d, policy %s%s, after these steps:".formatted(SEED, found.run.policy, again)
                + text.toString().formatted()
                + "%n".formatted()
                + difference);
    }

    private String disagreement(PipelineUnderModel pipeline, Policy policy, List<ModelStep> steps) {
        Run run = newRun(policy);
        List<Run> alone = List.of(run);
        try {
            for (ModelStep step : steps) {
                step(pipeline, alone, Map.of(run, step), PATIENCE_WHILE_SHRINKING);
            }
            finish(pipeline, alone, PATIENCE_WHILE_SHRINKING);
            return null;
        } catch (DisagreementException e) {
            if (!pipeline.isOnline()) {
                pipeline.reconnect(row -> {});
            }
            return e.getMessage();
        }
    }
}
