package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that no suggestion could be judged by are refused at the start, by name. */
class SinkRulesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"31d", "2592000001", "-1"})
    void aCoolDownThatNoSuggestionCouldBeJudgedByIsRefusedAtTheStart(String coolDown) {
        assertThatThrownBy(() -> start("coolDown=" + coolDown))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("coolDown must be from 0 to 30d, not ");
    }

    @Test
    void theLongestCoolDownIsOneThatSuggestionsAreJudgedBy() {
        SinkRules rules = new SinkRules("main", null, false, Duration.ofDays(30), HoldRule.DEFAULT);

        ContentRule rule = rules.contentRule(new Suggestion(
                "call",
                "a",
                "Text",
                Priority.HIGH,
                0.9,
                new ContextWindow(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)),
                null));

        assertThat(rule.coolDown()).isEqualTo(Duration.ofDays(30));
    }

    private void start(String options) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent()
                    .addInitialProperty("cxone.database-url", "jdbc:sqlite:" + folder.resolve("audit.db"));
            context.addComponent("cxone-assist", new CxoneThatTakesEverything());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("kamelet:cxone-assist-sink?" + options);
                }
            });
            context.start();
        }
    }
}
