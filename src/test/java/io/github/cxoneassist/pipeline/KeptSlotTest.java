package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.component.SuggestionBodies;
import java.util.List;
import java.util.Map;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two slots, of which the last free one is kept for {@code CRITICAL}, and room for one that waits. */
class KeptSlotTest extends PipelineTestBase {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String policy : List.of("hold", "replace", "reject")) {
                    from("direct:" + policy)
                            .errorHandler(noErrorHandler())
                            .to(SINK + "?bufferLimit=2&holdLimit=1&keepSlotForCritical=true&fullPolicy=" + policy);
                }
                from("kamelet:cxone-assist-events-source").process(Decisions.in(getContext()));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"hold", "replace"})
    void aCriticalOneThatGetsTheKeptSlotMakesNobodyLeave(String policy) throws Exception {
        offer("direct:" + policy, suggestion("a", "HIGH"));
        offer("direct:" + policy, suggestion("b", "HIGH"));

        offer("direct:" + policy, suggestion("c", "CRITICAL"));

        await().until(() -> cxone.referee().sends("c") == 1);
        assertThat(audit.lines()).containsSubsequence("injected a", "held b", "injected c");
        assertThat(audit.lines()).noneMatch(line -> line.startsWith("superseded"));

        agent.accept("call", "a", Map.of());
        agent.accept("call", "c", Map.of());

        await().until(() -> cxone.referee().sends("b") == 1);
    }

    @Test
    void aSlotThatIsKeptIsFreeAllTheSame() {
        assertThat(freeSlots("direct:hold", suggestion("a", "HIGH"))).isEqualTo(1);
        assertThat(freeSlots("direct:hold", suggestion("b", "HIGH"))).isEqualTo(1);
        assertThat(freeSlots("direct:reject", suggestion("c", "HIGH"))).isEqualTo(1);
    }

    private int freeSlots(String uri, ObjectNode suggestion) {
        return offer(uri, suggestion).getMessage().getHeader(PipelineProperties.FREE_SLOTS_HEADER, Integer.class);
    }

    private static ObjectNode suggestion(String id, String priority) {
        return SuggestionBodies.suggestion("call", id).put("priority", priority);
    }
}
