package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.component.SuggestionBodies;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agents did with earlier suggestions decides on the next, and what they say again. */
class RelevanceTest extends PipelineTestBase {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:cxone-assist-events-source").process(Decisions.in(getContext()));
                sink("direct:in", "leastDecisions=2");
                sink("direct:adjusted", "leastDecisions=2&thresholdJudges=adjusted");
                sink("direct:unchanged", "leastDecisions=2&relevanceStep=0");
                sink("direct:unique", "uniqueContent=true");
                sink("direct:cool", "coolDown=10m");
            }

            private void sink(String from, String parameters) {
                from(from).errorHandler(noErrorHandler()).to(SINK + "?" + parameters);
            }
        };
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> cxone.referee().openSockets() == 1);
    }

    private static ObjectNode suggestion(String interactionId, String id, double score) {
        return SuggestionBodies.suggestion(interactionId, id)
                .put("source", "model")
                .put("relevanceScore", score)
                .put("content", "Text of " + id);
    }

    private void decide(String interactionId, boolean accept, String... ids) {
        for (String id : ids) {
            offer("direct:in", suggestion(interactionId, id, 0.85));
            if (accept) {
                agent.accept(interactionId, id, Map.of());
            } else {
                agent.dismiss(interactionId, id, Map.of());
            }
            await().until(() -> audit.lines().contains((accept ? "accepted " : "dismissed ") + id));
        }
    }

    private double sentScore(String id) {
        await().until(() -> cxone.referee().suggestion(id).isPresent());
        return cxone.referee().suggestion(id).orElseThrow().frame().relevanceScore();
    }

    private static String reason(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelCxoneAssistReason", String.class);
    }

    @Test
    void whatAgentsAcceptInAnInteractionRaisesItsNextScore() {
        decide("call", true, "a", "b");

        Exchange answer = offer("direct:in", suggestion("call", "c", 0.85));

        assertThat(sentScore("c")).isEqualTo(0.9);
        assertThat(answer.getMessage().getHeader("CamelCxoneAssistRawScore")).isEqualTo(0.85);
        assertThat(answer.getMessage().getHeader("CamelCxoneAssistAdjustedScore"))
                .isEqualTo(0.9);
        assertThat(audit.details("injected").get(2)).contains("\"adjustedScore\":0.9", "\"relevanceScore\":0.85");
    }

    @Test
    void whatAgentsDismissLowersItButNotBelowTheThreshold() {
        decide("call", false, "a", "b");

        offer("direct:in", suggestion("call", "c", 0.85));
        offer("direct:in", suggestion("call", "d", 0.72));

        assertThat(sentScore("c")).isEqualTo(0.8);
        assertThat(sentScore("d")).isEqualTo(0.7);
    }

    @Test
    void anInteractionWithoutAHistoryGoesByThatOfTheSource() {
        decide("call", true, "a", "b");

        offer("direct:in", suggestion("another", "c", 0.85));

        assertThat(sentScore("c")).isEqualTo(0.9);
    }

    @Test
    void anotherSourceInAnotherInteractionIsNotConcerned() {
        decide("call", true, "a", "b");

        offer("direct:in", suggestion("another", "c", 0.85).put("source", "crm"));

        assertThat(sentScore("c")).isEqualTo(0.85);
    }

    @Test
    void aSourceThatAgentsKeepRefusingFallsSilentWhereTheAdjustedScoreIsJudged() throws Exception {
        decide("call", false, "a", "b");

        Exchange answer = offer("direct:adjusted", suggestion("call", "c", 0.72));

        assertThat(reason(answer)).isEqualTo("below_threshold");
        assertThat(answer(answer).path("violations").path(0).path("message").asText())
                .isEqualTo("is 0.67, below the threshold of 0.7");
        assertThat(audit.details("validation_failed").get(0))
                .contains("\"adjustedScore\":0.67", "\"relevanceScore\":0.72");
    }

    @Test
    void aStepOfZeroLeavesTheScoreAsItIs() {
        decide("call", true, "a", "b");

        offer("direct:unchanged", suggestion("call", "c", 0.85));

        assertThat(sentScore("c")).isEqualTo(0.85);
    }

    @Test
    void theSameTextUnderAnotherIdIsADuplicateWhereThatIsAskedFor() {
        offer("direct:unique", suggestion("call", "a", 0.85).put("content", "Offer a call back"));

        assertThat(reason(offer("direct:unique", suggestion("call", "b", 0.85).put("content", " offer a  CALL back "))))
                .isEqualTo("duplicate_content");
        assertThat(reason(
                        offer("direct:unique", suggestion("another", "b", 0.85).put("content", "Offer a call back"))))
                .isNull();
    }

    @Test
    void aTextThatWasDismissedIsRefusedWhileItCoolsDown() {
        offer("direct:cool", suggestion("call", "a", 0.85).put("content", "Offer a call back"));
        agent.dismiss("call", "a", Map.of());
        await().until(() -> audit.lines().contains("dismissed a"));

        assertThat(reason(offer("direct:cool", suggestion("call", "b", 0.85).put("content", "Offer a call back"))))
                .isEqualTo("cooling_down");
        assertThat(audit.lines()).contains("validation_failed b cooling_down");
    }

    @Test
    void aDismissedIdIsNotSentAgainWithinItsWindow() {
        decide("call", false, "a");

        assertThat(reason(offer("direct:in", suggestion("call", "a", 0.85)))).isEqualTo("duplicate");
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }
}
