package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.ManualAgent;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees: metrics, health, and the chain of the audit log. */
class ObservabilityTest {

    @TempDir
    static Path folder;

    private static final ManualAgent AGENT = new ManualAgent();
    private static RunningAssist assist;

    @BeforeAll
    static void start() throws Exception {
        assist = RunningAssist.start(
                folder,
                AGENT,
                Map.of("camel.main.dev-console-enabled", "true", "camel.management.dev-console-enabled", "true"));
        assist.post(Suggestions.valid("obs", "a").toString());
        assist.post(Suggestions.valid("obs", "b").toString());
        assist.post(Suggestions.valid("obs", "b").toString());
        AGENT.ack("a");
        AGENT.accept("a");
        AGENT.dismiss("b");
        await().until(() -> assist.auditLines().contains("dismissed b"));
    }

    @AfterAll
    static void stop() {
        assist.close();
    }

    @Test
    void suggestionsAreCountedByStatusAndReason() throws Exception {
        assertThat(metrics())
                .contains("cxone_assist_suggestions_total{reason=\"none\",status=\"sent\"} 2.0")
                .contains("cxone_assist_suggestions_total{reason=\"duplicate\",status=\"refused\"} 1.0");
    }

    @Test
    void theLatencyOfAcknowledgementsIsAHistogram() throws Exception {
        assertThat(metrics())
                .contains("cxone_assist_ack_latency_seconds_bucket{le=\"0.5\"}")
                .contains("cxone_assist_ack_latency_seconds_count 1");
    }

    @Test
    void theSessionIsSeenInTheMetrics() throws Exception {
        assertThat(metrics())
                .contains("cxone_assist_session_state{session=\"main\",state=\"ready\"} 1.0")
                .contains("cxone_assist_session_events_total{kind=\"progress\",session=\"main\",to=\"ready\"} 1.0")
                .contains("cxone_assist_session_sent_total{session=\"main\"} 2.0")
                .contains("cxone_assist_session_reconnects_total{session=\"main\"} 0.0");
    }

    @Test
    void theDevConsoleShowsTheSessionWhereItIsSwitchedOn() throws Exception {
        assertThat(assist.get("/q/dev/cxone-assist").body())
                .contains("main: READY since ")
                .contains("sent 2, ");
    }

    @Test
    void theDevConsoleShowsTheSlotsInAllAndOfOneInteraction() throws Exception {
        assertThat(assist.get("/q/dev/cxone-assist-slots").body()).contains("active 0, waiting 0, journal queue 0");
        assertThat(assist.get("/q/dev/cxone-assist-slots?interactionId=obs").body())
                .contains("active 0, waiting 0");
    }

    @Test
    void decisionsAndAcceptanceAreCounted() throws Exception {
        assertThat(metrics())
                .contains("cxone_assist_decisions_total{decision=\"accepted\"} 1.0")
                .contains("cxone_assist_decisions_total{decision=\"dismissed\"} 1.0")
                .contains("cxone_assist_acceptance 0.5")
                .contains("cxone_assist_active 0.0");
    }

    @Test
    void noMetricIsTaggedWithAnId() throws Exception {
        assertThat(metrics().lines().filter(line -> line.startsWith("cxone_assist")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("\"obs\"") || line.contains("\"a\"") || line.contains("\"b\""));
    }

    @Test
    void healthIsUpWhileTheSessionIsReady() throws Exception {
        // the file consumer counts as ready after its first poll
        await().untilAsserted(() -> {
            var health = assist.get("/observe/health");
            assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
            assertThat(health.body()).contains("cxone-assist").contains("cxone-assist-journal");
        });
    }

    @Test
    void eachRowCarriesTheHashOfTheRowBefore() {
        var rows = assist.audit();

        assertThat(rows.get(0).prevHash()).isEqualTo("0".repeat(64));
        for (int i = 1; i < rows.size(); i++) {
            assertThat(rows.get(i).seq()).isEqualTo(i + 1L);
            assertThat(rows.get(i).prevHash()).isEqualTo(rows.get(i - 1).hash());
        }
    }

    @Test
    void theTextOfASuggestionIsNotInTheLogButItsDigestIs() {
        assertThat(assist.auditOfSuggestions().get(0).details())
                .doesNotContain("call back")
                .contains("contentSha256");
    }

    private static String metrics() throws Exception {
        return assist.get("/observe/metrics").body();
    }
}
