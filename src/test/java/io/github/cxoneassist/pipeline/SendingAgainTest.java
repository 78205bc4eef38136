package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SendingAgainTest {

    private static final int ALL = 1_000;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Integer> sent = new ArrayList<>();
    private final Queue<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    private boolean stopped;

    private void start(Function<Integer, CompletionStage<?>> send) {
        new SendingAgain<>(
                        IntStream.range(0, ALL).boxed().toList(),
                        one -> {
                            sent.add(one);
                            return send.apply(one);
                        },
                        tasks::add,
                        Clock.systemUTC(),
                        () -> stopped)
                .start();
    }

    private CompletionStage<?> keepUnderWay(int one) {
        CompletableFuture<Void> left = new CompletableFuture<>();
        underWay.add(left);
        return left;
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    void whoeverStartsItDoesNotWaitForIt() {
        start(this::keepUnderWay);

        assertThat(sent).isEmpty();
    }

    @Test
    void noMoreThanSoManyAreUnderWay() {
        start(this::keepUnderWay);
        runTasks();

        assertThat(sent).hasSize(256);
    }

    @Test
    void theNextGoesWhenOneIsDone() {
        start(this::keepUnderWay);
        runTasks();

        underWay.remove().complete(null);
        runTasks();

        assertThat(sent).hasSize(257);
    }

    @Test
    void allAreSentInTheirOrder() {
        start(this::keepUnderWay);
        runTasks();
        while (!underWay.isEmpty()) {
            underWay.remove().complete(null);
            runTasks();
        }

        assertThat(sent).isEqualTo(IntStream.range(0, ALL).boxed().toList());
    }

    @Test
    void thoseThatAreDoneAtOnceAreSentOneAfterTheOther() {
        start(one -> CompletableFuture.completedStage(null));
        runTasks();

        assertThat(sent).hasSize(ALL);
    }

    @Test
    void oneThatCannotBeHandedOverKeepsNoneOfTheOthers() {
        start(one -> {
            if (one == 3) {
                throw new IllegalStateException("no producer for it");
            }
            return CompletableFuture.completedStage(null);
        });
        runTasks();

        assertThat(sent).hasSize(ALL);
    }

    @Test
    void theRestStaysWhereItIsOfNoUseAnyMore() {
        start(this::keepUnderWay);
        runTasks();
        stopped = true;

        underWay.remove().complete(null);
        runTasks();

        assertThat(sent).hasSize(256);
    }
}
