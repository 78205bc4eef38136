package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.ManualAgent;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At most five active per interaction, by the referee's count and by ours. */
class BufferLimitTest {

    private static final int THREADS = 16;

    @TempDir
    static Path folder;

    private static final ManualAgent AGENT = new ManualAgent();
    private static RunningAssist assist;

    @BeforeAll
    static void start() throws Exception {
        assist = RunningAssist.start(folder, AGENT, Map.of("cxone.full-policy", "reject"));
    }

    @AfterAll
    static void stop() {
        assist.close();
    }

    @Test
    void sixteenThreadsAtOneInteractionGetFiveSlots() throws Exception {
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = "t" + thread + "-";
            threads.submit(() -> {
                start.await();
                for (int i = 0; i < 4; i++) {
                    statuses.add(
                            assist.post(Suggestions.valid("cap-1", prefix + i).toString())
                                    .statusCode());
                }
                return null;
            });
        }
        start.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(statuses).hasSize(THREADS * 4);
        assertThat(statuses.stream().filter(status -> status == 202)).hasSize(5);
        assertThat(assist.cxone().referee().suggestions("cap-1")).hasSize(5);
        assertThat(assist.cxone().referee().violations()).isEmpty();
    }

    @Test
    void theEndOfAContextWindowFreesTheSlotAndIsRecordedOnce() throws Exception {
        var shortLived = Suggestions.valid("cap-2", "short");
        shortLived
                .withObject("/contextWindow")
                .put(
                        "end",
                        Instant.now()
                                .plusMillis(700)
                                .truncatedTo(ChronoUnit.MILLIS)
                                .toString());
        assist.post(shortLived.toString());
        for (int i = 0; i < 4; i++) {
            assist.post(Suggestions.valid("cap-2", "long-" + i).toString());
        }
        assertThat(assist.post(Suggestions.valid("cap-2", "next").toString()).statusCode())
                .isEqualTo(422);

        await().until(() -> assist.auditLines().contains("expired short context_window_ended"));

        assertThat(assist.post(Suggestions.valid("cap-2", "next").toString()).statusCode())
                .isEqualTo(202);
        AGENT.accept("cap-2", "short", Map.of());
        await().until(() -> assist.auditLines().contains("ignored short expired"));
        assertThat(assist.post(Suggestions.valid("cap-2", "one-more").toString())
                        .statusCode())
                .isEqualTo(422);
        assertThat(assist.auditLines()).containsOnlyOnce("expired short context_window_ended");
    }
}
