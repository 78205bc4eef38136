package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CXone tells of suggestions, as ledger and audit log take it. */
class DecisionStepTest extends PipelineTestBase {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final SuggestionKey KEY = new SuggestionKey("call-1", "s-1");
    private static final String IDS = "\"interactionId\":\"call-1\",\"suggestionId\":\"s-1\"";

    private final TestClock clock = new TestClock(NOW);
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.getRegistry().bind("clock", clock);
        created.getRegistry().bind("meters", meters);
        return created;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:events").errorHandler(noErrorHandler()).process(Decisions.in(getContext()));
            }
        };
    }

    @BeforeEach
    void aSuggestionIsActive() {
        runtime().ledger().claim(KEY, NOW.plusSeconds(60));
        runtime().ledger().reserve(KEY, 5);
    }

    @Test
    void theLatencyIsTheOneThatTheSessionMeasured() {
        tell(
                "{\"type\":\"agentassist.ack\"," + IDS + ",\"sentTimestamp\":"
                        + NOW.minusSeconds(9).toEpochMilli() + "}",
                Map.of("CamelCxoneAssistLatency", 321L));

        assertThat(audit.details("ack_received"))
                .containsExactly("{\"fields\":{\"sentTimestamp\":1795334391000},\"latencyMillis\":321}");
        assertThat(meters.get("cxone.assist.ack.latency").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(321);
    }

    @ParameterizedTest
    @CsvSource({"-86400000, 86400000", "-1500, 1500", "0, 0"})
    void theServersTimestampServesWhereNothingWasMeasured(long offset, long latency) {
        tell("{\"type\":\"agentassist.ack\"," + IDS + ",\"sentTimestamp\":" + (NOW.toEpochMilli() + offset) + "}");

        assertThat(audit.details("ack_received"))
                .singleElement()
                .asString()
                .contains("\"latencyMillis\":" + latency + "}");
        assertThat(meters.get("cxone.assist.ack.latency").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(latency);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-9e15",
                "-9000000000000000",
                "-9223372036854775808",
                "9223372036854775807",
                "99999999999999999999",
                "1795334400001",
                "1795247999999",
                "1.5",
                "\"1795334399000\"",
                "\"yesterday\"",
                "null",
                "{}"
            })
    void aTimestampThatCannotBeTrueIsNoLatency(String sentTimestamp) {
        Exchange exchange = tell("{\"type\":\"agentassist.ack\"," + IDS + ",\"sentTimestamp\":" + sentTimestamp + "}");

        assertThat(exchange.getException()).isNull();
        assertThat(audit.lines()).containsExactly("ack_received s-1");
        assertThat(audit.details("ack_received")).singleElement().asString().doesNotContain("latencyMillis");
        assertThat(meters.get("cxone.assist.ack.latency").timer().count()).isZero();
    }

    @Test
    void anAcceptanceBeforeTheAckCountsAndSoDoesTheAck() {
        tell("{\"type\":\"agentassist.accepted\"," + IDS + ",\"agentId\":\"a-7\"}");
        tell("{\"type\":\"agentassist.ack\"," + IDS + "}", Map.of("CamelCxoneAssistLatency", 12L));
        tell("{\"type\":\"agentassist.accepted\"," + IDS + "}");
        tell("{\"type\":\"agentassist.dismissed\"," + IDS + "}");
        tell("{\"type\":\"agentassist.ack\"," + IDS + "}");

        assertThat(audit.lines())
                .containsExactly(
                        "accepted s-1",
                        "ack_received s-1",
                        "ignored s-1 repeated",
                        "ignored s-1 repeated",
                        "ignored s-1 repeated");
        assertThat(audit.details("accepted")).containsExactly("{\"agent\":\"a-7\",\"fields\":{\"agentId\":\"a-7\"}}");
        assertThat(runtime().ledger().active("call-1")).isZero();
        assertThat(meters.get("cxone.assist.decisions")
                        .tag("decision", "accepted")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("cxone.assist.decisions")
                        .tag("decision", "dismissed")
                        .counter()
                        .count())
                .isZero();
        assertThat(meters.get("cxone.assist.ack.latency").timer().count()).isEqualTo(1);
    }

    @Test
    void largeFieldsOfTheServerAreCut() {
        tell("{\"type\":\"agentassist.dismissed\"," + IDS + ",\"note\":\"" + "x".repeat(500_000) + "\"}");

        assertThat(audit.details("dismissed")).containsExactly("{\"fields\":{\"truncated\":true}}");
    }

    @Test
    void idsThatAreFarTooLongToBeOursAreNotKeptForEver() {
        tell("{\"type\":\"agentassist.ack\",\"interactionId\":\"call-1\",\"suggestionId\":\"" + "x".repeat(500_000)
                + "\"}");
        tell("{\"type\":\"agentassist.accepted\",\"interactionId\":\"" + "x".repeat(500_000)
                + "\",\"suggestionId\":\"s-1\"}");

        assertThat(audit.query("SELECT CAST(MAX(LENGTH(interaction_id || suggestion_id)) AS TEXT) FROM audit_event"))
                .allSatisfy(length -> assertThat(length == null ? 0 : Integer.parseInt(length))
                        .isLessThan(2_000));
        assertThat(runtime().ledger().active("call-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"agentassist.accepted\"}",
                "{\"type\":\"agentassist.accepted\",\"interactionId\":\"call-1\"}",
                "{\"type\":\"agentassist.accepted\",\"interactionId\":\"\",\"suggestionId\":\"s-1\"}",
                "{\"type\":\"agentassist.ack\",\"interactionId\":null,\"suggestionId\":{}}",
                "{\"type\":\"agentassist.surprise\",\"interactionId\":\"call-1\",\"suggestionId\":\"s-1\"}",
                "{}",
                "[]",
                "null"
            })
    void anEventWithoutIdsOrOfAnUnknownTypeIsCountedOnly(String event) {
        Exchange exchange = tell(event);

        assertThat(exchange.getException()).isNull();
        assertThat(audit.lines()).isEmpty();
        assertThat(runtime().ledger().active("call-1")).isEqualTo(1);
        assertThat(meters.get("cxone.assist.events.ignored").counters().stream()
                        .mapToDouble(counter -> counter.count())
                        .sum())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"type\":"})
    void whatIsNoJsonFailsTheExchange(String event) {
        assertThat(tell(event).getException()).isInstanceOf(IOException.class);
    }

    @Test
    void anEventOfASuggestionThatWeNeverSentIsIgnoredOnDisk() {
        tell("{\"type\":\"agentassist.ack\",\"interactionId\":\"call-1\",\"suggestionId\":\"other\"}");

        assertThat(audit.lines()).containsExactly("ignored other unknown_suggestion");
        assertThat(audit.details("ignored")).containsExactly("{\"type\":\"agentassist.ack\"}");
    }

    @Test
    void anEventOfOneThatWaitsIsNoEventOfAnUnknownOne() {
        SuggestionKey waiting = new SuggestionKey("call-1", "s-2");
        runtime().ledger().claim(waiting, NOW.plusSeconds(60));
        runtime().ledger().hold(waiting);

        tell("{\"type\":\"agentassist.ack\",\"interactionId\":\"call-1\",\"suggestionId\":\"s-2\"}");
        tell("{\"type\":\"agentassist.accepted\",\"interactionId\":\"call-1\",\"suggestionId\":\"s-2\"}");

        assertThat(audit.lines()).containsExactly("ignored s-2 not_sent", "ignored s-2 not_sent");
        assertThat(runtime().ledger().isWaiting(waiting)).isTrue();
    }

    @Test
    void theFirstDecisionAfterTheEndOfItsInteractionIsNoRepeatedOne() {
        runtime().ledger().endInteraction("call-1");

        tell("{\"type\":\"agentassist.accepted\"," + IDS + "}");

        assertThat(audit.lines()).containsExactly("ignored s-1 after_end_of_interaction");
        assertThat(meters.get("cxone.assist.events.ignored")
                        .tag("reason", "after_end_of_interaction")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anEventOfOneThatRanOutSaysSoAndStandsBehindItsEnd() {
        clock.set(NOW.plusSeconds(61));

        tell("{\"type\":\"agentassist.ack\"," + IDS + "}");
        tell("{\"type\":\"agentassist.accepted\"," + IDS + "}");

        assertThat(audit.lines())
                .containsExactly("expired s-1 context_window_ended", "ignored s-1 expired", "ignored s-1 expired");
    }

    private Exchange tell(String event) {
        return tell(event, Map.of());
    }

    private Exchange tell(String event, Map<String, Object> headers) {
        return template.send("direct:events", exchange -> {
            exchange.getMessage().setBody(event);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }
}
