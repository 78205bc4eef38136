package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.component.SuggestionBodies;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kamelet:cxone-assist-sink} in a route of somebody's own: what comes back for what went in. */
class SinkTest extends PipelineTestBase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Without it, as in the application, a stream that was read is gone. */
    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        created.setStreamCaching(false);
        return created;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to(SINK);
                from("direct:two-sinks")
                        .errorHandler(noErrorHandler())
                        .to(SINK)
                        .setProperty("first", body())
                        .setBody(exchangeProperty("second"))
                        .to(SINK);
                from("direct:strict")
                        .errorHandler(noErrorHandler())
                        .to(SINK + "?relevanceThreshold=0.9&bufferLimit=1&fullPolicy=reject");
                from("direct:reject").errorHandler(noErrorHandler()).to(SINK + "?fullPolicy=reject");
            }
        };
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> cxone.referee().openSockets() == 1);
    }

    @Test
    void aSuggestionThatWasSentIsAnsweredWithItsOutcome() throws Exception {
        Exchange exchange =
                offer("direct:in", SuggestionBodies.suggestion("call-1", "s-1").toString());

        assertThat(exchange.getMessage().getBody())
                .isEqualTo("{\"interactionId\":\"call-1\",\"id\":\"s-1\",\"status\":\"sent\",\"rawScore\":0.85,"
                        + "\"adjustedScore\":0.85,\"freeSlots\":4}");
        assertThat(exchange.getMessage().getHeader("CamelCxoneAssistStatus")).isEqualTo("sent");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("CamelCxoneAssistReason");
        await().until(() -> cxone.referee().sends("call-1", "s-1") == 1);
        assertThat(audit.lines()).containsExactly("injected s-1");
        assertThat(audit.query("SELECT content FROM suggestion_text"))
                .containsExactly("Offer a call back within the hour");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("malformed", "{\"interactionId\":", "malformed"),
                Arguments.of("an empty body", "", "malformed"),
                Arguments.of("no body", null, "malformed"),
                Arguments.of("too large", "{\"x\":\"" + "x".repeat(1024 * 1024) + "\"}", "too_large"),
                Arguments.of("below the threshold", with("relevanceScore", "0.69"), "below_threshold"),
                Arguments.of("a wrong priority", with("priority", "\"URGENT\""), "invalid"),
                Arguments.of(
                        "past its window",
                        with("contextWindow", "{\"start\":\"2020-01-01T00:00:00Z\",\"end\":\"2020-01-01T00:05:00Z\"}"),
                        "outside_context_window"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusalIsAnOutcomeAndOnDiskAndNothingIsSent(String name, Object body, String reason) throws Exception {
        Exchange exchange = offer("direct:in", body);

        assertThat(exchange.getException()).isNull();
        assertThat(answer(exchange).path("status").asText()).isEqualTo("refused");
        assertThat(answer(exchange).path("reason").asText()).isEqualTo(reason);
        assertThat(answer(exchange).path("violations").size()).isPositive();
        assertThat(exchange.getMessage().getHeader("CamelCxoneAssistStatus")).isEqualTo("refused");
        assertThat(exchange.getMessage().getHeader("CamelCxoneAssistReason")).isEqualTo(reason);
        assertThat(audit.lines()).hasSize(1).first().asString().matches("validation_failed (-|s-1) " + reason);
        assertThat(cxone.referee().suggestions()).isEmpty();
        assertThat(runtime().ledger().size()).isZero();
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                Arguments.of("below_threshold", with("relevanceScore", "0.69"), 0.69),
                Arguments.of(
                        "outside_context_window",
                        with("contextWindow", "{\"start\":\"2020-01-01T00:00:00Z\",\"end\":\"2020-01-01T00:05:00Z\"}"),
                        0.85));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRules")
    void whatOnlyBreaksARuleIsAnsweredWithTheScoreThatCame(String reason, String body, double score) throws Exception {
        Exchange exchange = offer("direct:in", body);

        assertThat(answer(exchange).path("reason").asText()).isEqualTo(reason);
        assertThat(answer(exchange).path("rawScore").doubleValue()).isEqualTo(score);
        assertThat(exchange.getMessage().getHeader("CamelCxoneAssistRawScore")).isEqualTo(score);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("CamelCxoneAssistAdjustedScore");
    }

    @Test
    void aDuplicateIsRefusedAndTheFirstKeepsItsSlot() throws Exception {
        String body = SuggestionBodies.suggestion("call-1", "s-1").toString();
        offer("direct:in", body);

        Exchange exchange = offer("direct:in", body);

        assertThat(exchange.getMessage().getBody())
                .isEqualTo("{\"interactionId\":\"call-1\",\"id\":\"s-1\",\"status\":\"refused\","
                        + "\"reason\":\"duplicate\",\"violations\":[],\"rawScore\":0.85,\"adjustedScore\":0.85}");
        assertThat(exchange.getMessage().getHeader("CamelCxoneAssistReason")).isEqualTo("duplicate");
        assertThat(runtime().ledger().active("call-1")).isEqualTo(1);
        await().untilAsserted(() -> assertThat(cxone.referee().sends("s-1")).isEqualTo(1));
    }

    @Test
    void theSixthOfAnInteractionIsRefusedAndItsIdMayBeOfferedAgain() throws Exception {
        for (int i = 1; i <= 5; i++) {
            offer("direct:in", SuggestionBodies.suggestion("call-1", "s-" + i).toString());
        }
        String sixth = SuggestionBodies.suggestion("call-1", "s-6").toString();

        Exchange exchange = offer("direct:reject", sixth);

        assertThat(exchange.getMessage().getBody())
                .isEqualTo(
                        "{\"interactionId\":\"call-1\",\"id\":\"s-6\",\"status\":\"refused\","
                                + "\"reason\":\"buffer_full\",\"violations\":[],\"rawScore\":0.85,\"adjustedScore\":0.85,\"freeSlots\":0}");
        assertThat(answer(offer("direct:reject", sixth)).path("reason").asText())
                .isEqualTo("buffer_full");
        assertThat(runtime().ledger().size()).isEqualTo(5);
    }

    @Test
    void theKameletsOwnThresholdAndLimitHold() throws Exception {
        ObjectNode relevant = SuggestionBodies.suggestion("call-1", "s-1").put("relevanceScore", 0.9);
        ObjectNode second = SuggestionBodies.suggestion("call-1", "s-2").put("relevanceScore", 0.9);

        assertThat(answer(offer("direct:strict", SuggestionBodies.suggestion("call-1", "s-0")))
                        .path("reason")
                        .asText())
                .isEqualTo("below_threshold");
        assertThat(answer(offer("direct:strict", relevant)).path("status").asText())
                .isEqualTo("sent");
        assertThat(answer(offer("direct:strict", second)).path("reason").asText())
                .isEqualTo("buffer_full");
    }

    @Test
    void anExchangeThatPassesTwoSinksGetsTheOutcomeOfEach() {
        List<String> outcomes = new ArrayList<>();
        String sent = SuggestionBodies.suggestion("call-1", "s-1").toString();
        String refused = with("relevanceScore", "0.1");
        for (List<String> pair : List.of(List.of(refused, sent), List.of(sent, refused), List.of(sent, sent))) {
            Exchange exchange = template.send("direct:two-sinks", two -> {
                two.getMessage().setBody(pair.get(0));
                two.setProperty("second", pair.get(1));
            });
            outcomes.add(status(exchange.getProperty("first", String.class)) + " then "
                    + status(exchange.getMessage().getBody(String.class)) + " "
                    + exchange.getMessage().getHeader("CamelCxoneAssistReason"));
        }

        assertThat(outcomes)
                .containsExactly(
                        "refused below_threshold then sent null",
                        "refused duplicate then refused below_threshold below_threshold",
                        "refused duplicate then refused duplicate duplicate");
        assertThat(cxone.referee().sends("s-1")).isEqualTo(1);
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form("text", text -> text),
                form("a stream", text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                form("a reader", StringReader::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void aFailedDispatchGivesSlotAndIdBackAndLeavesTheBodyReadable(String name, Function<String, Object> form) {
        cxoneGoesAway();
        String body = SuggestionBodies.suggestion("call-1", "s-1").toString();

        Exchange exchange = offer("direct:in", form.apply(body));

        assertThat(exchange.getException())
                .isInstanceOf(DispatchFailedException.class)
                .hasMessageStartingWith("Suggestion call-1/s-1 could not be sent: ");
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(body);
        assertThat(runtime().ledger().size()).isZero();
        assertThat(audit.lines()).containsExactly("injected s-1", "dispatch_failed s-1 session_unavailable");
    }

    private static String status(String outcome) {
        var json = tree(outcome);
        return (json.path("status").asText() + " " + json.path("reason").asText()).strip();
    }

    private static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String with(String field, String json) {
        ObjectNode body = SuggestionBodies.suggestion("call-1", "s-1");
        body.set(field, tree(json));
        return body.toString();
    }

    private static Arguments form(String name, Function<String, Object> form) {
        return Arguments.of(name, form);
    }
}
