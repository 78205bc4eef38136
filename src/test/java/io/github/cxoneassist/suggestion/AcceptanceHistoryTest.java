package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptanceHistoryTest {

    private final AcceptanceHistory history = new AcceptanceHistory();

    @Test
    void aDecisionCountsForItsInteractionAndItsSource() {
        history.record("i-1", "kb", true);
        history.record("i-1", "bot", false);
        history.record("i-2", "kb", false);

        assertThat(history.ofInteraction("i-1")).isEqualTo(new Acceptance(1, 1));
        assertThat(history.ofInteraction("i-2")).isEqualTo(new Acceptance(0, 1));
        assertThat(history.ofSource("kb")).isEqualTo(new Acceptance(1, 1));
        assertThat(history.ofSource("bot")).isEqualTo(new Acceptance(0, 1));
    }

    @Test
    void whatIsUnknownHasNoHistory() {
        assertThat(history.ofInteraction("i-1")).isEqualTo(Acceptance.NONE);
        assertThat(history.ofSource("kb")).isEqualTo(Acceptance.NONE);
        assertThat(history.ofSource(null)).isEqualTo(Acceptance.NONE);
        assertThat(history.size()).isZero();
    }

    @Test
    void aDecisionWithoutASourceCountsForItsInteractionAlone() {
        history.record("i-1", null, true);

        assertThat(history.ofInteraction("i-1")).isEqualTo(new Acceptance(1, 0));
        assertThat(history.ofSource(null)).isEqualTo(Acceptance.NONE);
    }

    @Test
    void aForgottenInteractionLeavesWhatItTaughtAboutItsSource() {
        history.record("i-1", "kb", true);

        history.forget("i-1");

        assertThat(history.ofInteraction("i-1")).isEqualTo(Acceptance.NONE);
        assertThat(history.ofSource("kb")).isEqualTo(new Acceptance(1, 0));
    }

    @Test
    void theInteractionThatWasNotUsedForLongestLeavesFirst() {
        AcceptanceHistory small = new AcceptanceHistory(2, 2);
        small.record("asked for", "a", true);
        small.record("idle", "a", true);
        small.ofInteraction("asked for");

        small.record("new", "a", true);

        assertThat(small.ofInteraction("idle")).isEqualTo(Acceptance.NONE);
        assertThat(small.ofInteraction("asked for").decisions()).isEqualTo(1);
        assertThat(small.ofInteraction("new").decisions()).isEqualTo(1);
    }

    @Test
    void whatOnlyAsksTakesNoPlace() {
        AcceptanceHistory small = new AcceptanceHistory(1, 1);
        small.record("i-1", "kb", true);

        for (int i = 0; i < 10; i++) {
            small.ofInteraction("unknown-" + i);
            small.ofSource("unknown-" + i);
        }

        assertThat(small.ofInteraction("i-1").decisions()).isEqualTo(1);
        assertThat(small.ofSource("kb").decisions()).isEqualTo(1);
    }

    @Test
    void itHoldsNoMoreThanItsBounds() {
        for (int i = 0; i < 3 * AcceptanceHistory.MAX_INTERACTIONS; i++) {
            history.record("i-" + i, "source-" + i, true);
        }

        assertThat(history.size()).isEqualTo(AcceptanceHistory.MAX_INTERACTIONS + AcceptanceHistory.MAX_SOURCES);
    }

    @Test
    void noDecisionOfManyThreadsIsLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CyclicBarrier start = new CyclicBarrier(8);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                running.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    for (int i = 0; i < 2000; i++) {
                        history.record("i-" + i % 10, "kb", i % 2 == 0);
                    }
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(history.ofSource("kb")).isEqualTo(new Acceptance(8000, 8000));
        assertThat(history.ofInteraction("i-0")).isEqualTo(new Acceptance(1600, 0));
    }
}
