package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.component.CxoneAssistConfiguration;
import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.TestDatabase;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new context on the old database knows. CXone lives on between the two. */
abstract class RecoveryContract {

    private static final SandboxConfig CONFIG = SandboxConfig.builder().build();
    private static final String SINK =
            "kamelet:cxone-assist-sink?bufferLimit=2&holdLimit=3&leastDecisions=2&uniqueContent={{unique}}";

    @TempDir
    Path folder;

    private final ManualAgent agent = new ManualAgent();
    private final SandboxCxone cxone = new SandboxCxone(CONFIG, agent);
    private TestDatabase database;
    private AuditDatabase audit;
    private CamelContext context;
    private ProducerTemplate template;
    private String unique = "false";

    abstract TestDatabase newDatabase();

    @BeforeEach
    void start() throws Exception {
        cxone.start();
        database = newDatabase();
        audit = new AuditDatabase(database.settings());
        startContext();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        cxone.close();
        database.close();
    }

    private void startContext() throws Exception {
        context = new DefaultCamelContext();
        context.getPropertiesComponent().addInitialProperty("cxone.database-url", audit.url());
        if (audit.settings().user() != null) {
            context.getPropertiesComponent()
                    .addInitialProperty("cxone.database-user", audit.settings().user());
            context.getPropertiesComponent()
                    .addInitialProperty(
                            "cxone.database-password", audit.settings().password());
        }
        context.getPropertiesComponent().addInitialProperty("unique", unique);
        CxoneAssistConfiguration configuration = new CxoneAssistConfiguration();
        configuration.setTokenUrl(cxone.tokenUrl());
        configuration.setWebSocketUrl(cxone.webSocketUrl());
        configuration.setClientId(CONFIG.clientId());
        configuration.setClientSecret(CONFIG.clientSecret());
        CxoneAssistComponent component = new CxoneAssistComponent();
        component.setConfiguration(configuration);
        context.addComponent("cxone-assist", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                DecisionStep decision = new DecisionStep();
                decision.setCamelContext(getContext());
                from("direct:in").errorHandler(noErrorHandler()).to(SINK);
                from("kamelet:cxone-assist-events-source").process(decision);
            }
        });
        context.start();
        template = context.createProducerTemplate();
        int before = cxone.referee().socketCount();
        await().until(() -> audit.sessionLines().stream()
                        .filter("connected progress"::equals)
                        .count()
                >= before);
    }

    private void restart() throws Exception {
        context.stop();
        startContext();
    }

    private String outcome(ObjectNode suggestion) {
        Exchange exchange = template.send("direct:in", in -> in.getMessage().setBody(suggestion.toString()));
        String reason = exchange.getMessage().getHeader("CamelCxoneAssistReason", String.class);
        return reason != null ? reason : exchange.getMessage().getHeader("CamelCxoneAssistStatus", String.class);
    }

    private static ObjectNode suggestion(String id) {
        return SuggestionBodies.suggestion("call", id).put("content", "Text of " + id);
    }

    private List<String> received() {
        return cxone.referee().suggestions().stream()
                .map(ReceivedSuggestion::id)
                .toList();
    }

    @Test
    void whatWasSentIsADuplicateAfterTheRestart() throws Exception {
        outcome(suggestion("a"));
        agent.ack("call", "a", Map.of());
        await().until(() -> audit.lines().contains("ack_received a"));

        restart();

        assertThat(outcome(suggestion("a"))).isEqualTo("duplicate");
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }

    @Test
    void theSlotsThatWereTakenAreTakenAfterTheRestart() throws Exception {
        outcome(suggestion("a"));
        outcome(suggestion("b"));

        restart();

        assertThat(outcome(suggestion("c"))).isEqualTo("held");
        assertThat(cxone.referee().maxActive()).isEqualTo(2);
    }

    @Test
    void whatWaitedGoesOnWaitingAndIsSentInItsTurn() throws Exception {
        outcome(suggestion("a"));
        outcome(suggestion("b"));
        outcome(suggestion("low").put("priority", "LOW"));
        outcome(suggestion("critical").put("priority", "CRITICAL"));

        restart();
        agent.accept("call", "a", Map.of());

        await().until(() -> received().contains("critical"));
        assertThat(received()).doesNotContain("low");
        assertThat(cxone.referee().suggestion("critical").orElseThrow().frame().content())
                .isEqualTo("Text of critical");
    }

    @Test
    void whatWasSentAndNotAcknowledgedIsSentAgainWithTheSameId() throws Exception {
        outcome(suggestion("a"));

        restart();

        await().until(() -> cxone.referee().sends("a") == 2);
        assertThat(audit.lines()).containsExactly("injected a");
        assertThat(cxone.referee().violations()).isEmpty();
    }

    @Test
    void whatWasAcknowledgedIsNotSentAgain() throws Exception {
        outcome(suggestion("a"));
        agent.ack("call", "a", Map.of());
        await().until(() -> audit.lines().contains("ack_received a"));

        restart();
        outcome(suggestion("b"));

        await().until(() -> received().contains("b"));
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }

    @Test
    void aDecisionAfterTheRestartCountsOnce() throws Exception {
        outcome(suggestion("a"));
        agent.ack("call", "a", Map.of());
        await().until(() -> audit.lines().contains("ack_received a"));

        restart();
        agent.accept("call", "a", Map.of());
        agent.accept("call", "a", Map.of());

        await().untilAsserted(() -> assertThat(audit.lines())
                .containsExactly("injected a", "ack_received a", "accepted a", "ignored a repeated"));
    }

    @Test
    void whatRanOutWhileNobodyWasThereIsRecordedAsExpired() throws Exception {
        ObjectNode brief = suggestion("a");
        Instant end = Instant.now().plusMillis(800);
        ((ObjectNode) brief.path("contextWindow")).put("end", end.toString());
        outcome(brief);
        context.stop();
        await().until(() -> Instant.now().isAfter(end));

        startContext();

        await().until(() -> audit.lines().contains("expired a context_window_ended"));
        assertThat(cxone.referee().sends("a")).isEqualTo(1);
    }

    @Test
    void whatRanOutJustBeforeTheLastRowIsRecordedAsExpired() throws Exception {
        ObjectNode brief = suggestion("a");
        Instant end = Instant.now().plusSeconds(3);
        ((ObjectNode) brief.path("contextWindow")).put("end", end.toString());
        outcome(brief);
        context.stop();
        // a process that was killed before it noticed the end, but not before it wrote of something else
        audit.insertAfterTheLast("ignored", end.plusMillis(20));
        await().until(() -> Instant.now().isAfter(end));

        startContext();

        await().until(() -> audit.lines().contains("expired a context_window_ended"));
    }

    @Test
    void whatWasRefusedOrSupersededMayBeOfferedAgain() throws Exception {
        outcome(suggestion("refused").put("relevanceScore", 0.1));
        for (String id : List.of("a", "b", "c", "d", "e")) {
            outcome(suggestion(id));
        }
        outcome(suggestion("worst").put("priority", "LOW"));
        await().until(() -> audit.lines().contains("superseded worst others_are_better"));

        restart();

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

        restart();
        template.requestBody(
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
        context.stop();
        unique = "true";
        startContext();
        outcome(suggestion("a"));

        restart();

        assertThat(outcome(suggestion("other").put("content", "  text of A "))).isEqualTo("duplicate_content");
    }
}
