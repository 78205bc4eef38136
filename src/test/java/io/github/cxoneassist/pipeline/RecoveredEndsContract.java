package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.RestartMark;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What had ended, ran out meanwhile, or was refused, and what is remembered of it. */
abstract class RecoveredEndsContract extends RecoveryFixture {

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
