package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.junit.SandboxExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KnowledgeBaseRouteTest {

    @RegisterExtension
    static final SandboxExtension cxone = SandboxExtension.builder().build();

    private final Main camel = new Main();

    @BeforeEach
    void start() {
        cxone.componentProperties().forEach(camel::addInitialProperty);
        camel.addInitialProperty("camel.component.cxone-assist.reconnect-delay", "50");
        camel.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:articles").to("cxone-assist:main");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void anArticleReachesTheDesktopOfItsInteraction() throws Exception {
        send("call-1", "article-7");

        await().untilAsserted(() -> assertThat(cxone.referee().suggestions("call-1"))
                .extracting(ReceivedSuggestion::id)
                .containsExactly("article-7"));
        assertThat(cxone.agent().accept("article-7").toCompletionStage())
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(1);
    }

    @Test
    void anArticleGoesThroughWhenCxoneIsBackFromARestart() throws Exception {
        send("call-1", "before");
        cxone.play(FaultScript.inOrder(
                new Drop(Occasion.NOW, 1012, "restart").once(), new RefuseUpgrade(503, "").times(2)));
        await().until(() -> cxone.cxone().faultsUnderWay().isEmpty());

        send("call-1", "after");

        await().until(() -> cxone.referee().suggestion("after").isPresent());
        assertThat(cxone.referee().upgradeRequestCount()).isEqualTo(4);
    }

    private void send(String interactionId, String id) throws Exception {
        Instant now = Instant.now();
        Map<String, Object> suggestion = Map.of(
                "interactionId",
                interactionId,
                "id",
                id,
                "content",
                "Offer a call back within the hour",
                "priority",
                "HIGH",
                "relevanceScore",
                0.85,
                "contextWindow",
                Map.of(
                        "start", now.minusSeconds(60).toString(),
                        "end", now.plusSeconds(300).toString()));
        camel.getCamelTemplate().sendBody("direct:articles", suggestion);
    }
}
