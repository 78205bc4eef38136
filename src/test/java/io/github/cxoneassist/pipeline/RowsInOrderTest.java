package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.component.SuggestionBodies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit log tells what happened in the order in which it happened, though the rows of an end have to be tried again. */
class RowsInOrderTest extends PipelineTestBase {

    private volatile String unwritable = "none";
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:cxone-assist-audit")
                        .startupOrder(10)
                        .errorHandler(noErrorHandler())
                        .process(RowsInOrderTest.this::failOnPurpose)
                        .to("kamelet:cxone-assist-audit-sink?block=false");
                from("direct:hold").errorHandler(noErrorHandler()).to(SINK + "?bufferLimit=1&holdLimit=1");
                from("direct:reject").errorHandler(noErrorHandler()).to(SINK + "?bufferLimit=1&fullPolicy=reject");
                from("kamelet:cxone-assist-events-source").process(Decisions.in(getContext()));
            }
        };
    }

    private void failOnPurpose(Exchange exchange) {
        List<?> rows = exchange.getMessage().getBody(List.class);
        if (rows.toString().contains(unwritable)) {
            failed.incrementAndGet();
            throw new IllegalStateException("the disk is full on purpose");
        }
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> cxone.referee().openSockets() == 1);
    }

    @Test
    void whatIsHeldAnewIsOnRecordBehindTheRowThatFreedItsId() throws Exception {
        unwritable = "superseded";
        offer("direct:hold", suggestion("a", "HIGH").toString());
        await().until(() -> cxone.referee().sends("a") == 1);
        offer("direct:hold", suggestion("worst", "LOW").toString());
        offer("direct:hold", suggestion("better", "CRITICAL").toString());
        await().until(() -> failed.get() > 0);

        CompletableFuture<Exchange> again = offerAsync("direct:hold", suggestion("worst", "LOW"));
        await().until(() -> runtime().ledger().waiting("call") == 2);
        assertThat(again).isNotDone();
        unwritable = "none";

        assertThat(status(again)).isEqualTo("held");
        assertThat(audit.lines().stream().filter(line -> line.contains("worst")))
                .startsWith("held worst", "superseded worst others_are_better", "held worst");
    }

    @Test
    void whoeverTakesASlotIsOnRecordBehindTheDecisionThatFreedIt() throws Exception {
        offer("direct:reject", suggestion("a", "HIGH").toString());
        await().until(() -> cxone.referee().sends("a") == 1);
        unwritable = "accepted";
        agent.accept("call", "a", Map.of());
        await().until(() -> failed.get() > 0);

        CompletableFuture<Exchange> newcomer = offerAsync("direct:reject", suggestion("b", "HIGH"));
        await().until(() -> runtime().ledger().active("call") == 1);
        assertThat(newcomer).isNotDone();
        unwritable = "none";

        assertThat(status(newcomer)).isEqualTo("sent");
        assertThat(audit.lines()).containsExactly("injected a", "accepted a", "injected b");
    }

    @Test
    void whoeverTakesASlotIsOnRecordBehindTheEndOfTheWindowThatFreedIt() throws Exception {
        unwritable = "expired";
        ObjectNode brief = suggestion("a", "HIGH");
        brief.withObject("/contextWindow")
                .put("end", Instant.now().plusSeconds(1).toString());
        offer("direct:reject", brief.toString());
        await().until(() -> runtime().ledger().active("call") == 0);

        CompletableFuture<Exchange> newcomer = offerAsync("direct:reject", suggestion("b", "HIGH"));
        await().until(() -> failed.get() > 0);
        assertThat(newcomer).isNotDone();
        unwritable = "none";

        assertThat(status(newcomer)).isEqualTo("sent");
        assertThat(audit.lines()).containsExactly("injected a", "expired a context_window_ended", "injected b");
    }

    @Test
    void anotherInteractionDoesNotWaitForTheRow() throws Exception {
        offer("direct:reject", suggestion("a", "HIGH").toString());
        await().until(() -> cxone.referee().sends("a") == 1);
        unwritable = "accepted";
        agent.accept("call", "a", Map.of());
        await().until(() -> failed.get() > 0);

        await().ignoreExceptions().untilAsserted(() -> assertThat(
                        status(offerAsync("direct:reject", SuggestionBodies.suggestion("other", "b"))))
                .isIn("sent", "refused"));

        assertThat(audit.lines()).contains("injected b").doesNotContain("accepted a");
    }

    private static ObjectNode suggestion(String id, String priority) {
        return SuggestionBodies.suggestion("call", id).put("priority", priority);
    }

    private CompletableFuture<Exchange> offerAsync(String uri, ObjectNode suggestion) {
        return template.asyncSend(uri, exchange -> exchange.getMessage().setBody(suggestion.toString()));
    }

    private static String status(CompletableFuture<Exchange> offered) throws Exception {
        return offered.get(20, TimeUnit.SECONDS).getMessage().getHeader("CamelCxoneAssistStatus", String.class);
    }
}
