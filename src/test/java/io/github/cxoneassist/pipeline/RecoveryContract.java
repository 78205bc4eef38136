package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is sent, waits and holds a slot after a restart. */
abstract class RecoveryContract extends RecoveryFixture {
    @Test
    void whatWasSentIsADuplicateAfterTheRestart() throws Exception {
        outcome(suggestion("a"));
        agent.ack("call", "a", Map.of());
        await().until(() -> audit.lines().contains("ack_received a"));

        pipeline.restart();

        assertThat(outcome(suggestion("a"))).isEqualTo("duplicate");
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }

    @Test
    void theSlotsThatWereTakenAreTakenAfterTheRestart() throws Exception {
        outcome(suggestion("a"));
        outcome(suggestion("b"));

        pipeline.restart();

        assertThat(outcome(suggestion("c"))).isEqualTo("held");
        assertThat(cxone.referee().maxActive()).isEqualTo(2);
    }

    @Test
    void whatWaitedGoesOnWaitingAndIsSentInItsTurn() throws Exception {
        outcome(suggestion("a"));
        outcome(suggestion("b"));
        outcome(suggestion("low").put("priority", "LOW"));
        outcome(suggestion("critical").put("priority", "CRITICAL"));

        pipeline.restart();
        agent.accept("call", "a", Map.of());

        await().until(() -> received().contains("critical"));
        assertThat(received()).doesNotContain("low");
        assertThat(cxone.referee().suggestion("critical").orElseThrow().frame().content())
                .isEqualTo("Text of critical");
    }

    @Test
    void whereASlotIsFreeAfterTheRestartTheBestGetsItAndNotTheOldest() throws Exception {
        Instant end = Instant.now().plusSeconds(3);
        outcome(suggestion("a", end));
        outcome(suggestion("b"));
        outcome(suggestion("low").put("priority", "LOW"));
        outcome(suggestion("critical").put("priority", "CRITICAL"));
        pipeline.stop();
        await().until(() -> Instant.now().isAfter(end));

        pipeline.start();

        await().until(() -> received().contains("critical"));
        assertThat(received()).doesNotContain("low");
        assertThat(audit.lines())
                .containsSubsequence("expired a context_window_ended", "injected critical")
                .doesNotContain("injected low");
    }

    @Test
    void whatWasSentAndNotAcknowledgedIsSentAgainWithTheSameId() throws Exception {
        outcome(suggestion("a"));

        pipeline.restart();

        await().until(() -> cxone.referee().sends("a") == 2);
        assertThat(audit.lines()).containsExactly("injected a");
        assertThat(cxone.referee().violations()).isEmpty();
    }

    @Test
    void thousandsThatNobodyAcknowledgedAreAllSentAgain() throws Exception {
        int many = 3_000;
        pipeline.stop();
        // the session hears the acks, or it would take no more; the log does not
        pipeline.listens = false;
        pipeline.start();
        for (int first = 0; first < many; first += 500) {
            List<Integer> some = IntStream.range(first, first + 500).boxed().toList();
            CompletableFuture.allOf(some.stream()
                            .map(i -> SuggestionBodies.suggestion("call-" + i, "s-" + i))
                            .map(one -> pipeline.template().asyncSend("direct:in", in -> in.getMessage()
                                    .setBody(one.toString())))
                            .toArray(CompletableFuture[]::new))
                    .join();
            await().until(() -> some.stream().allMatch(i -> cxone.referee().sends("s-" + i) == 1));
            some.forEach(i -> agent.ack("call-" + i, "s-" + i, Map.of()));
        }
        pipeline.listens = true;

        pipeline.restart();

        List<Integer> rest = new ArrayList<>(IntStream.range(0, many).boxed().toList());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            List<Integer> came = rest.stream()
                    .filter(i -> cxone.referee().sends("s-" + i) == 2)
                    .toList();
            came.forEach(i -> agent.ack("call-" + i, "s-" + i, Map.of()));
            rest.removeAll(Set.copyOf(came));
            return rest.isEmpty();
        });
        assertThat(cxone.referee().maxActive()).isEqualTo(1);
    }

    @Test
    void whereMoreAreActiveThanMayBeTheAcknowledgedAndTheBestStayAndTheOthersWait() throws Exception {
        pipeline.stop();
        pipeline.limit = 3;
        pipeline.start();
        outcome(suggestion("acknowledged").put("priority", "LOW"));
        agent.ack("call", "acknowledged", Map.of());
        await().until(() -> audit.lines().contains("ack_received acknowledged"));
        outcome(suggestion("worse").put("priority", "MEDIUM"));
        outcome(suggestion("better"));
        pipeline.stop();
        pipeline.limit = 2;

        pipeline.start();

        await().until(() -> cxone.referee().sends("better") == 2);
        await().until(() -> audit.lines().contains("held worse"));
        assertThat(pipeline.runtime().ledger().active("call")).isEqualTo(2);
        assertThat(cxone.referee().sends("worse")).isEqualTo(1);

        agent.accept("call", "acknowledged", Map.of());

        await().until(() -> cxone.referee().sends("worse") == 2);
        assertThat(audit.lines())
                .containsSubsequence("injected worse", "held worse", "accepted acknowledged", "injected worse");
        assertThat(pipeline.runtime().ledger().active("call")).isEqualTo(2);
    }

    @Test
    void whatHadToWaitAfterARestartWaitsAfterTheNext() throws Exception {
        outcome(suggestion("worse").put("priority", "LOW"));
        outcome(suggestion("better"));
        pipeline.stop();
        pipeline.limit = 1;
        pipeline.start();
        await().until(() -> audit.lines().contains("held worse"));

        pipeline.restart();

        await().until(() -> cxone.referee().sends("better") == 3);
        assertThat(cxone.referee().sends("worse")).isEqualTo(1);
        assertThat(pipeline.runtime().ledger().waiting("call")).isEqualTo(1);
    }

    @Test
    void whatWasAcknowledgedIsNotSentAgain() throws Exception {
        outcome(suggestion("a"));
        agent.ack("call", "a", Map.of());
        await().until(() -> audit.lines().contains("ack_received a"));

        pipeline.restart();
        outcome(suggestion("b"));

        await().until(() -> received().contains("b"));
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }
}
