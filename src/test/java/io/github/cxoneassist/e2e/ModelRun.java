package io.github.cxoneassist.e2e;

import io.github.cxoneassist.e2e.ModelInteraction.Policy;
import io.github.cxoneassist.e2e.ModelStep.Again;
import io.github.cxoneassist.e2e.ModelStep.End;
import io.github.cxoneassist.e2e.ModelStep.Suggest;
import io.github.cxoneassist.e2e.ModelStep.Tell;
import io.github.cxoneassist.e2e.ModelSuggestion.Body;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** One interaction, in the model and for real. */
final class ModelRun {

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

    ModelRun(String id, Policy policy) {
        this.id = id;
        this.policy = policy;
        this.model = new ModelInteraction(policy);
    }

    String id() {
        return id;
    }

    Policy policy() {
        return policy;
    }

    ModelInteraction model() {
        return model;
    }

    /** All that it went through, those of everybody too. */
    List<ModelStep> steps() {
        return steps;
    }

    /** How many ids were offered so far. */
    int ids() {
        return ids;
    }

    /** How many steps were its own. */
    int operations() {
        return operations;
    }

    /** A step of its own. */
    void take(ModelStep step, PipelineUnderModel pipeline, Instant now) {
        operations++;
        if (step instanceof Suggest suggest) {
            ids++;
            offer(pipeline, model.suggest(suggest, now));
        } else if (step instanceof Again again) {
            model.again(again.id(), now).ifPresent(body -> offer(pipeline, body));
        } else if (step instanceof Tell tell) {
            model.tell(tell.word(), tell.id(), now);
            pipeline.tell(tell.word(), id, tell.id());
        } else if (step instanceof End) {
            model.end(now);
            ends.add(pipeline.end(policy, id));
        }
    }

    private void offer(PipelineUnderModel pipeline, Body body) {
        offered.add(pipeline.offer(policy, id, body));
    }

    void read(PipelineUnderModel.Row row) {
        rows.computeIfAbsent(row.suggestionId(), suggestion -> new ArrayList<>())
                .add(row.line());
    }

    void show(PipelineUnderModel.Shown one) {
        frames.add(one.frame());
    }

    /** What comes now belongs to the next step. */
    void settled() {
        model.framesSeen(frames);
        frames.clear();
    }

    boolean isAsTheModelSays(PipelineUnderModel pipeline) {
        return rows.equals(model.rows())
                && model.explains(frames)
                && answers().equals(model.answers())
                && ends.stream().allMatch(CompletableFuture::isDone)
                && pipeline.slots(id).equals(model.slots(pipeline.clock().instant()));
    }

    String difference(PipelineUnderModel pipeline) {
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

    private List<String> answers() {
        return offered.stream().map(PipelineUnderModel::answer).toList();
    }

    private static void compare(StringBuilder text, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            text.append("%n  %s%n    model:  %s%n    really: %s".formatted(what, expected, actual));
        }
    }
}
