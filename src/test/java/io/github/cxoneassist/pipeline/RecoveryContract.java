package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.RestartMark;
import io.github.cxoneassist.journal.TestDatabase;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new context on the old database knows. CXone lives on between the two. */
abstract class RecoveryContract {

    @TempDir
    Path folder;

    private final ManualAgent agent = new ManualAgent();
    private final SandboxCxone cxone = new SandboxCxone(PipelineTestBase.CONFIG, agent);
    private TestDatabase database;
    private AuditDatabase audit;
    private RestartingPipeline pipeline;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void start() throws Exception {
        cxone.start();
        database = newDatabase();
        audit = new AuditDatabase(database.settings());
        pipeline = new RestartingPipeline(cxone, audit);
        pipeline.start();
    }

    @AfterEach
    void stop() throws Exception {
        pipeline.close();
        cxone.close();
        database.close();
    }

    private String outcome(ObjectNode suggestion) {
        return pipeline.outcome(suggestion);
    }

    private static ObjectNode suggestion(String id) {
        return SuggestionBodies.suggestion("call", id).put("content", "Text of " + id);
    }

    private static ObjectNode suggestion(String id, Instant end) {
        ObjectNode brief = suggestion(id);
        ((ObjectNode) brief.path("contextWindow")).put("end", end.toString());
        return brief;
    }

    private List<String> received() {
        return cxone.referee().suggestions().stream()
                .map(ReceivedSuggestion::id)
                .toList();
    }

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
    void aDecisionOnOneThatWaitedUntilTheEndOfItsInteractionIsNotOfOneThatWasSent() throws Exception {
        outcome(suggestion("a"));
        outcome(suggestion("b"));
        outcome(suggestion("waits"));
        pipeline.endInteraction("call");
        await().until(() -> audit.lines().contains("expired waits interaction_ended"));

        pipeline.restart();
        agent.accept("call", "a", Map.of());
        agent.accept("call", "waits", Map.of());

        await().untilAsserted(() ->
                assertThat(audit.lines()).contains("ignored a after_end_of_interaction", "ignored waits not_sent"));
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

    @Test
    void aDecisionAfterTheRestartCountsOnce() throws Exception {
        outcome(suggestion("a"));
        agent.ack("call", "a", Map.of());
        await().until(() -> audit.lines().contains("ack_received a"));

        pipeline.restart();
        agent.accept("call", "a", Map.of());
        agent.accept("call", "a", Map.of());

        await().untilAsserted(() -> assertThat(audit.lines())
                .containsExactly("injected a", "ack_received a", "accepted a", "ignored a repeated"));
    }

    @Test
    void whatRanOutWhileNobodyWasThereIsRecordedAsExpired() throws Exception {
        Instant end = Instant.now().plusMillis(800);
        outcome(suggestion("a", end));
        pipeline.stop();
        await().until(() -> Instant.now().isAfter(end));

        pipeline.start();

        await().until(() -> audit.lines().contains("expired a context_window_ended"));
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }

    @Test
    void whatRanOutJustBeforeTheLastRowIsRecordedAsExpired() throws Exception {
        Instant end = Instant.now().plusSeconds(3);
        outcome(suggestion("a", end));
        pipeline.stop();
        // a process that was killed before it noticed the end, but not before it wrote of something else
        audit.insertAfterTheLast("ignored", end.plusMillis(20));
        await().until(() -> Instant.now().isAfter(end));

        pipeline.start();

        await().until(() -> audit.lines().contains("expired a context_window_ended"));
    }

    @Test
    void whatRanOutIsRecordedAsExpiredThoughTheStartBeforeWasKilledBeforeItCouldSaySo() throws Exception {
        Instant end = Instant.now().plusSeconds(3);
        outcome(suggestion("a", end));
        pipeline.stop();
        // down for two minutes; a start that marked itself, wrote that it was connected, and was killed
        try (HikariDataSource dataSource = database.open()) {
            new RestartMark(dataSource).since("main", end.plusSeconds(119), end);
        }
        audit.insertAfterTheLast("connected", end.plusSeconds(120));
        pipeline.clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(130));

        pipeline.start();

        await().until(() -> audit.lines().contains("expired a context_window_ended"));
    }

    @Test
    void whatWasDismissedIsRefusedAfterTheRestartThoughItsWindowIsOver() throws Exception {
        pipeline.stop();
        pipeline.coolDown = "1h";
        pipeline.start();
        outcome(suggestion("a"));
        agent.dismiss("call", "a", Map.of());
        await().until(() -> audit.lines().contains("dismissed a"));
        pipeline.stop();
        database.tamper("DELETE FROM suggestion_text");
        pipeline.clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(50));

        pipeline.start();

        assertThat(outcome(inFiftyMinutes("b").put("content", "  text of A "))).isEqualTo("cooling_down");
        assertThat(outcome(inFiftyMinutes("c"))).isEqualTo("sent");
    }

    private static ObjectNode inFiftyMinutes(String id) {
        Instant then = Instant.now().plus(Duration.ofMinutes(50));
        ObjectNode suggestion = suggestion(id, then.plusSeconds(60));
        ((ObjectNode) suggestion.path("contextWindow"))
                .put("start", then.minusSeconds(60).toString());
        return suggestion;
    }

    @Test
    void whatWasRefusedOrSupersededMayBeOfferedAgain() throws Exception {
        outcome(suggestion("refused").put("relevanceScore", 0.1));
        for (String id : List.of("a", "b", "c", "d", "e")) {
            outcome(suggestion(id));
        }
        outcome(suggestion("worst").put("priority", "LOW"));
        await().until(() -> audit.lines().contains("superseded worst others_are_better"));

        pipeline.restart();

        assertThat(outcome(suggestion("refused"))).isEqualTo("held");
        assertThat(outcome(suggestion("worst").put("priority", "LOW"))).isNotEqualTo("duplicate");
    }

    @Test
    void theHistoryOfASourceGoesOn() throws Exception {
        for (String id : List.of("a", "b")) {
            outcome(suggestion(id).put("source", "model"));
            agent.accept("call", id, Map.of());
            await().until(() -> audit.lines().contains("accepted " + id));
        }

        pipeline.restart();
        pipeline.template()
                .requestBody(
                        "direct:in",
                        SuggestionBodies.suggestion("another", "c")
                                .put("source", "model")
                                .toString());

        await().until(() -> received().contains("c"));
        assertThat(cxone.referee().suggestion("c").orElseThrow().frame().relevanceScore())
                .isEqualTo(0.9);
    }

    @Test
    void theSameContentIsADuplicateAfterTheRestartWhereThatRuleIsOn() throws Exception {
        pipeline.stop();
        pipeline.unique = true;
        pipeline.start();
        outcome(suggestion("a"));

        pipeline.restart();

        assertThat(outcome(suggestion("other").put("content", "  text of A "))).isEqualTo("duplicate_content");
    }
}
