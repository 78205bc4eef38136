package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.cxoneassist.e2e.ModelInteraction.Policy;
import io.github.cxoneassist.e2e.ModelRuns.DisagreementException;
import io.github.cxoneassist.journal.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random interleavings of all that can happen to suggestions, over the whole application, against {@link ModelInteraction}: the
 * real Kamelet and routes, session and sockets, a database on disk, and a clock that the test turns.
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
        List<ModelRun> runs = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            runs.add(newRun(Policy.values()[i % Policy.values().length]));
            lengths.add(LEAST_OPERATIONS + random.nextInt(MOST_OPERATIONS - LEAST_OPERATIONS + 1));
        }
        ModelRuns sideBySide = new ModelRuns(pipeline, runs, PATIENCE);
        try {
            for (int step = 0; step < STEPS; step++) {
                Map<ModelRun, ModelStep> all = new HashMap<>();
                ModelStep global = random.nextInt(5) == 0 ? ModelStep.global(random, pipeline.isOnline()) : null;
                for (int i = 0; i < runs.size(); i++) {
                    ModelRun run = runs.get(i);
                    if (global != null) {
                        all.put(run, global);
                    } else if (run.operations() < lengths.get(i) && random.nextInt(6) > 0) {
                        all.put(run, ModelStep.local(random, run.ids()));
                    }
                }
                sideBySide.step(all);
            }
            sideBySide.finish();
        } catch (DisagreementException e) {
            report(pipeline, e);
        }
        sideBySide.judge();
        pipeline.cxone().reset();
    }

    private ModelRun newRun(Policy policy) {
        return new ModelRun("call-" + ++interactions, policy);
    }

    /** Says what went wrong, and tries to say it with fewer steps. */
    private void report(PipelineUnderModel pipeline, DisagreementException found) {
        List<ModelStep> steps = found.run().steps();
        String difference = found.getMessage();
        String again = "; alone, this interaction behaves";
        long end = System.nanoTime() + SHRINKING.toNanos();
        String alone = disagreement(pipeline, found.run().policy(), steps);
        if (alone != null) {
            again = "";
            for (int i = steps.size() - 1; i >= 0 && System.nanoTime() < end; i--) {
                List<ModelStep> fewer = new ArrayList<>(steps);
                fewer.remove(i);
                String still = disagreement(pipeline, found.run().policy(), fewer);
                if (still != null) {
                    steps = fewer;
                    difference = still;
                }
            }
        }
        StringBuilder text = new StringBuilder();
        steps.forEach(step -> text.append("%n  ").append(step));
        fail("-Dmodel.seed=%d, policy %s%s, after these steps:"
                        .formatted(SEED, found.run().policy(), again)
                + text.toString().formatted()
                + "%n".formatted()
                + difference);
    }

    private String disagreement(PipelineUnderModel pipeline, Policy policy, List<ModelStep> steps) {
        ModelRun run = newRun(policy);
        ModelRuns alone = new ModelRuns(pipeline, List.of(run), PATIENCE_WHILE_SHRINKING);
        try {
            for (ModelStep step : steps) {
                alone.step(Map.of(run, step));
            }
            alone.finish();
            return null;
        } catch (DisagreementException e) {
            if (!pipeline.isOnline()) {
                pipeline.reconnect(row -> {});
            }
            return e.getMessage();
        }
    }
}
