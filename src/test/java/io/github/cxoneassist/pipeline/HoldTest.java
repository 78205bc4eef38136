package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of suggestions that come when no slot is free. */
class HoldTest extends PipelineTestBase {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to(SINK + "?bufferLimit=2&holdLimit=3");
                from("direct:other").errorHandler(noErrorHandler()).to(SINK + "?bufferLimit=2&holdLimit=3");
                from("direct:replace")
                        .errorHandler(noErrorHandler())
                        .to(SINK + "?bufferLimit=1&holdLimit=1&fullPolicy=replace");
                from("direct:reject").errorHandler(noErrorHandler()).to(SINK + "?bufferLimit=1&fullPolicy=reject");
                from("direct:critical")
                        .errorHandler(noErrorHandler())
                        .to(SINK + "?bufferLimit=2&keepSlotForCritical=true");
                from("kamelet:cxone-assist-events-source").process(Decisions.in(getContext()));
            }
        };
    }

    private static ObjectNode suggestion(String id, String priority, double score) {
        return SuggestionBodies.suggestion("call", id).put("priority", priority).put("relevanceScore", score);
    }

    private static ObjectNode suggestion(String id) {
        return suggestion(id, "HIGH", 0.85);
    }

    private static ObjectNode until(ObjectNode suggestion, Instant end) {
        ((ObjectNode) suggestion.path("contextWindow")).put("end", end.toString());
        return suggestion;
    }

    private String status(String uri, ObjectNode suggestion) {
        return offer(uri, suggestion).getMessage().getHeader("CamelCxoneAssistStatus", String.class);
    }

    private List<String> received() {
        return cxone.referee().suggestions().stream()
                .map(ReceivedSuggestion::id)
                .toList();
    }

    private void awaitReceived(String... ids) {
        await().untilAsserted(() -> assertThat(received()).containsExactly(ids));
    }

    private void fill() {
        assertThat(status("direct:in", suggestion("a"))).isEqualTo("sent");
        assertThat(status("direct:in", suggestion("b"))).isEqualTo("sent");
        awaitReceived("a", "b");
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> cxone.referee().openSockets() == 1);
    }

    @Test
    void oneThatFindsNoFreeSlotIsHeldAndOnDisk() throws Exception {
        fill();

        Exchange answer = offer("direct:in", suggestion("c"));

        assertThat(answer(answer).toString())
                .isEqualTo("{\"interactionId\":\"call\",\"id\":\"c\",\"status\":\"held\",\"rawScore\":0.85,"
                        + "\"adjustedScore\":0.85,\"freeSlots\":0}");
        assertThat(audit.lines()).containsExactly("injected a", "injected b", "held c");
        assertThat(received()).containsExactly("a", "b");
    }

    @Test
    void aFreedSlotReleasesTheBestThatWaits() {
        fill();
        offer("direct:in", suggestion("low", "LOW", 0.99));
        offer("direct:in", suggestion("critical", "CRITICAL", 0.75));
        offer("direct:in", suggestion("high", "HIGH", 0.9));

        agent.accept("call", "a", Map.of());
        awaitReceived("a", "b", "critical");
        agent.dismiss("call", "b", Map.of());

        awaitReceived("a", "b", "critical", "high");
        assertThat(cxone.referee().maxActive()).isEqualTo(2);
    }

    @Test
    void amongEqualsTheBetterScoreGoesFirstAndThenTheOlder() {
        fill();
        offer("direct:in", suggestion("older", "HIGH", 0.8));
        offer("direct:in", suggestion("younger", "HIGH", 0.8));
        offer("direct:in", suggestion("better", "HIGH", 0.81));

        agent.accept("call", "a", Map.of());
        awaitReceived("a", "b", "better");
        agent.accept("call", "b", Map.of());
        awaitReceived("a", "b", "better", "older");
        agent.accept("call", "better", Map.of());

        awaitReceived("a", "b", "better", "older", "younger");
    }

    @Test
    void aReleasedOneIsInjectedOnDiskBehindWhatFreedItsSlot() {
        fill();
        offer("direct:in", suggestion("c"));

        agent.accept("call", "a", Map.of());

        awaitReceived("a", "b", "c");
        assertThat(audit.lines()).containsExactly("injected a", "injected b", "held c", "accepted a", "injected c");
    }

    @Test
    void whenTooManyWaitTheWorstLeavesAndItIsOnRecord() {
        fill();
        offer("direct:in", suggestion("worst", "LOW", 0.7));
        offer("direct:in", suggestion("middle", "MEDIUM", 0.8));
        offer("direct:in", suggestion("good", "HIGH", 0.8));

        offer("direct:in", suggestion("best", "CRITICAL", 0.9));

        await().untilAsserted(() -> assertThat(audit.lines()).contains("superseded worst others_are_better"));
        agent.accept("call", "a", Map.of());
        awaitReceived("a", "b", "best");
    }

    @Test
    void whatHadToLeaveMayBeOfferedAgain() {
        fill();
        offer("direct:in", suggestion("worst", "LOW", 0.7));
        for (String id : List.of("c", "d", "e")) {
            offer("direct:in", suggestion(id));
        }
        await().until(() -> audit.lines().contains("superseded worst others_are_better"));
        agent.accept("call", "a", Map.of());
        awaitReceived("a", "b", "c");

        assertThat(status("direct:in", suggestion("worst", "LOW", 0.7))).isEqualTo("held");
    }

    @Test
    void oneThatWaitsIsADuplicateWhenItIsOfferedAgain() throws Exception {
        fill();
        offer("direct:in", suggestion("c"));

        assertThat(answer(offer("direct:in", suggestion("c"))).path("reason").asText())
                .isEqualTo("duplicate");
    }

    @Test
    void suggestionsOfSeveralSourcesWaitInOneQueue() {
        fill();
        offer("direct:in", suggestion("here", "LOW", 0.9));
        offer("direct:other", suggestion("there", "HIGH", 0.9));

        agent.accept("call", "a", Map.of());

        awaitReceived("a", "b", "there");
    }

    @Test
    void anotherInteractionIsNotConcerned() {
        fill();
        offer("direct:in", suggestion("c"));

        assertThat(status("direct:in", SuggestionBodies.suggestion("another", "c")))
                .isEqualTo("sent");
    }

    @Test
    void oneWhoseWindowEndsWhileItWaitsExpiresAndIsNotSent() {
        fill();
        offer("direct:in", until(suggestion("c"), Instant.now().plusMillis(700)));

        await().untilAsserted(() -> assertThat(audit.lines()).contains("expired c context_window_ended"));
        agent.accept("call", "a", Map.of());
        offer("direct:in", suggestion("d"));

        awaitReceived("a", "b", "d");
    }

    @Test
    void theEndOfAnActiveWindowReleasesTheNext() {
        assertThat(status("direct:in", until(suggestion("a"), Instant.now().plusMillis(1500))))
                .isEqualTo("sent");
        offer("direct:in", suggestion("b"));
        offer("direct:in", suggestion("c"));

        awaitReceived("a", "b", "c");
        assertThat(audit.lines())
                .containsExactly("injected a", "injected b", "held c", "expired a context_window_ended", "injected c");
    }

    @Test
    void withReplaceTheNewcomerTakesThePlaceOfTheOneThatWaits() {
        offer("direct:replace", suggestion("a"));
        offer("direct:replace", suggestion("good", "CRITICAL", 0.9));

        offer("direct:replace", suggestion("newcomer", "LOW", 0.7));

        await().untilAsserted(() -> assertThat(audit.lines()).contains("superseded good others_are_better"));
        agent.accept("call", "a", Map.of());
        awaitReceived("a", "newcomer");
    }

    @Test
    void withRejectNobodyWaits() throws Exception {
        offer("direct:reject", suggestion("a"));

        assertThat(answer(offer("direct:reject", suggestion("b")))
                        .path("reason")
                        .asText())
                .isEqualTo("buffer_full");
    }

    @Test
    void aSlotIsKeptForWhatIsCritical() {
        assertThat(status("direct:critical", suggestion("a"))).isEqualTo("sent");
        assertThat(status("direct:critical", suggestion("b"))).isEqualTo("held");
        assertThat(status("direct:critical", suggestion("c", "CRITICAL", 0.9))).isEqualTo("held");

        awaitReceived("a", "c");
    }

    @Test
    void theEndOfAnInteractionDropsWhatWaitsAndFreesWhatIsActive() {
        fill();
        offer("direct:in", suggestion("c"));

        Exchange answer = template.send("direct:in", exchange -> {
            exchange.getMessage().setHeader("CamelCxoneAssistEndInteraction", true);
            exchange.getMessage().setHeader("CamelCxoneAssistInteractionId", "call");
        });

        assertThat(answer.getMessage().getBody(String.class))
                .isEqualTo("{\"interactionId\":\"call\",\"status\":\"ended\"}");
        assertThat(audit.lines())
                .contains("expired a interaction_ended", "expired b interaction_ended", "expired c interaction_ended");
        assertThat(status("direct:in", suggestion("d"))).isEqualTo("sent");
        assertThat(received()).doesNotContain("c");
    }

    @Test
    void aDecisionAfterTheEndOfItsInteractionIsIgnored() {
        fill();
        template.sendBodyAndHeaders(
                "direct:in",
                null,
                Map.of("CamelCxoneAssistEndInteraction", true, "CamelCxoneAssistInteractionId", "call"));

        agent.accept("call", "a", Map.of());

        await().untilAsserted(() -> assertThat(audit.lines()).contains("ignored a after_end_of_interaction"));
    }

    @Test
    void oneThatEndsBetweenItsSlotAndItsFrameIsNotSent() {
        Suggestion gone = new Suggestion(
                "call",
                "gone",
                "Too late",
                Priority.HIGH,
                0.9,
                new ContextWindow(Instant.now().minusSeconds(1), Instant.now().plusSeconds(60)),
                null);

        // the ledger knows of no slot of it
        template.sendBody(HoldRoutes.RELEASE, new Waiting(gone, 0.9, Instant.now(), "main"));
        offer("direct:in", suggestion("a"));

        awaitReceived("a");
    }

    @Test
    void whatIsReleasedWhileCxoneIsAwayIsSentWhenItIsBack() {
        fill();
        offer("direct:in", until(suggestion("c"), Instant.now().plusSeconds(60)));
        cxone.play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        agent.accept("call", "a", Map.of());
        await().until(() -> audit.lines().contains("accepted a"));
        cxone.dropConnections();
        await().until(() -> cxone.referee().openSockets() <= 1);

        cxone.play(FaultScript.NONE);
        // the attempt that was stalled would wait for its answer to its deadline
        cxone.dropConnections();

        awaitReceived("a", "b", "c");
    }
}
