package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.JournalEvent;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application that brings a source route only, and what it gets all the same. */
class DefaultAuditRouteTest extends PipelineTestBase {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(SINK);
            }
        };
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> cxone.referee().openSockets() == 1);
    }

    @Test
    void theDefaultAuditRouteIsThereAndWrites() {
        Exchange exchange = offer("direct:in", SuggestionBodies.suggestion("s-1"));

        assertThat(exchange.getException()).isNull();
        assertThat(context.getRoute("cxone-assist-audit")).isNotNull();
        assertThat(runtime().audit().reader().after("main", 0, Set.of(JournalEvent.INJECTED), 10))
                .singleElement()
                .satisfies(row -> assertThat(row.event()).isEqualTo("injected"));
    }

    @Test
    void aContextThatStopsDoesNotWaitForIt() throws Exception {
        offer("direct:in", SuggestionBodies.suggestion("s-1"));
        long start = System.nanoTime();

        context.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(audit.lines()).containsExactly("injected s-1");
    }
}
