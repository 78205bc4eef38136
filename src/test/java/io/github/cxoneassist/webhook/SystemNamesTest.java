package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SystemNamesTest {

    private final List<Runnable> lookUps = new ArrayList<>();
    private final SystemNames names = new SystemNames(lookUps::add);

    @Test
    void aNameIsLookedUpOnTheExecutorAsTheOperatingSystemKnowsIt() {
        CompletableFuture<List<InetAddress>> answer = names.resolve("localhost").toCompletableFuture();
        assertThat(answer).isNotDone();

        lookUps.get(0).run();

        assertThat(answer.join()).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void aNameThatHangsCostsOneThreadHoweverOftenItIsAskedFor() {
        CompletableFuture<List<InetAddress>> first = names.resolve("localhost").toCompletableFuture();
        CompletableFuture<List<InetAddress>> second = names.resolve("localhost").toCompletableFuture();
        names.resolve("127.0.0.1");
        assertThat(lookUps).hasSize(2);

        lookUps.get(0).run();

        assertThat(first.join()).isEqualTo(second.join());
    }

    @Test
    void anAnswerIsNotKept() {
        names.resolve("localhost");
        lookUps.get(0).run();

        names.resolve("localhost");

        assertThat(lookUps).hasSize(2);
    }

    @Test
    void anExecutorThatTakesNothingFailsTheLookUpAndNotTheCaller() {
        SystemNames stopped = new SystemNames(task -> {
            throw new RejectedExecutionException("stopped");
        });

        assertThat(stopped.resolve("localhost").toCompletableFuture()).isCompletedExceptionally();
        assertThat(stopped.resolve("localhost").toCompletableFuture()).isCompletedExceptionally();
    }
}
