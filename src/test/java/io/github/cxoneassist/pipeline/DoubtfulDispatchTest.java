package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.sandbox.Frame;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The desktop got it, and we don't know: the sender is told of a failure, and the slot stays taken. */
class DoubtfulDispatchTest extends PipelineTestBase {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext created = super.createCamelContext();
        var configuration =
                created.getComponent("cxone-assist", CxoneAssistComponent.class).getConfiguration();
        configuration.setAwaitAck(true);
        configuration.setAckTimeout(100);
        return created;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(noErrorHandler()).to(SINK);
                from("kamelet:cxone-assist-events-source").process(Decisions.in(getContext()));
            }
        };
    }

    @BeforeEach
    void awaitTheSession() {
        await().until(() -> cxone.referee().frameCount(Frame.Direction.OUT) == 1);
    }

    @Test
    void aSuggestionThatNobodyAcknowledgedFailsAndKeepsItsSlot() {
        for (int i = 0; i < 5; i++) {
            assertThat(offerTo("call-1", "s-" + i).getException()).isInstanceOf(DispatchFailedException.class);
        }

        assertThat(runtime().ledger().active("call-1")).isEqualTo(5);
        offerTo("call-1", "one-too-many");
        assertThat(cxone.referee().maxActive()).isEqualTo(5);
        assertThat(cxone.referee().suggestions())
                .extracting(ReceivedSuggestion::id)
                .doesNotContain("one-too-many");
    }

    @Test
    void itIsOnRecordAsOneThatMayHaveLeft() {
        offerTo("call-1", "s-1");

        assertThat(audit.lines()).containsExactly("injected s-1", "dispatch_failed s-1 session_unavailable");
        assertThat(audit.details("dispatch_failed").get(0)).contains("\"mayHaveLeft\":true");
    }

    @Test
    void aLateAnswerStillCounts() {
        offerTo("call-1", "s-1");

        agent.accept("call-1", "s-1", Map.of());

        await().until(() -> audit.lines().contains("accepted s-1"));
        assertThat(runtime().ledger().active("call-1")).isZero();
    }

    @Test
    void itIsADuplicateWhenItIsOfferedAgain() throws Exception {
        offerTo("call-1", "s-1");

        assertThat(answer(offerTo("call-1", "s-1")).path("reason").asText()).isEqualTo("duplicate");
    }

    private Exchange offerTo(String interactionId, String id) {
        return offer("direct:in", SuggestionBodies.suggestion(interactionId, id).toString());
    }
}
