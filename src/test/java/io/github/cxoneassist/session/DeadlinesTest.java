package io.github.cxoneassist.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Timers timers = new Timers(context);
    private final List<String> missed = new CopyOnWriteArrayList<>();
    private final Deadlines<String> deadlines = new Deadlines<>(timers, System::nanoTime, missed::add);

    @AfterEach
    void tearDown() {
        TestServer.await(vertx.close());
    }

    @Test
    void whatIsDueFirstComesFirstAndWhatWasCancelledNever() {
        onLoop(() -> {
            deadlines.set("third", Duration.ofMillis(90));
            deadlines.set("second", Duration.ofMillis(60));
            deadlines.set("first", Duration.ofMillis(600));
            deadlines.set("cancelled", Duration.ofMillis(40));
            deadlines.set("first", Duration.ofMillis(30));
            deadlines.cancel("cancelled");
        });

        await().until(() -> missed.size() == 3);
        assertThat(missed).containsExactly("first", "second", "third");
        assertThat(onLoop(timers::running)).isZero();
    }

    @Test
    void thousandsShareOneTimerAndClearLeavesNone() {
        onLoop(() -> {
            for (int i = 0; i < 5000; i++) {
                deadlines.set("s" + i, Duration.ofMinutes(5).minusMillis(i));
            }
        });
        assertThat(onLoop(timers::running)).isEqualTo(1);
        assertThat(onLoop(deadlines::size)).isEqualTo(5000);

        onLoop(deadlines::clear);

        assertThat(onLoop(timers::running)).isZero();
        assertThat(onLoop(deadlines::size)).isZero();
    }

    private void onLoop(Runnable action) {
        onLoop(() -> {
            action.run();
            return null;
        });
    }

    private <T> T onLoop(java.util.function.Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        context.runOnContext(v -> answer.complete(question.get()));
        return answer.join();
    }
}
