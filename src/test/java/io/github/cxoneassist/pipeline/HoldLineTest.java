package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.ledger.HoldPolicy;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

class HoldLineTest extends CamelTestSupport {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final HoldRule RULE = new HoldRule(1, false, 3, HoldPolicy.HOLD);

    private final RestoredQueues restored = new RestoredQueues(session -> RULE);
    private final List<String> messages = new ArrayList<>();

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(HoldRoutes.HOLD).process(exchange -> {
                    HoldMessage message = exchange.getMessage().getBody(HoldMessage.class);
                    // as the aggregator does with the first message of an interaction
                    restored.take(message.interactionId()).ifPresent(taken -> messages.add("takes"));
                    messages.add(message.getClass().getSimpleName());
                });
            }
        };
    }

    @Test
    void aKickComesBehindWhoeverIsOffered() {
        new HoldLine(template, restored).offer(waiting("newcomer"), RULE);

        assertThat(messages).containsExactly("Offer", "Kick");
    }

    @Test
    void whatWaitedBeforeARestartIsInTheQueueBeforeANewcomer() {
        restored.add(waiting("restored"));

        new HoldLine(template, restored).offer(waiting("newcomer"), RULE);

        assertThat(messages).containsExactly("takes", "Kick", "Kick", "Offer", "Kick");
    }

    @Test
    void aKickThatBeginsAQueueIsFollowedByOneThatGivesSlots() {
        restored.add(waiting("restored"));
        HoldLine line = new HoldLine(template, restored);

        line.kick("call");
        line.kick("call");

        assertThat(messages).containsExactly("takes", "Kick", "Kick", "Kick");
    }

    private static Waiting waiting(String id) {
        ContextWindow window = new ContextWindow(NOW, NOW.plusSeconds(60));
        return new Waiting(
                new Suggestion("call", id, "Offer a call back", Priority.HIGH, 0.9, window, null), 0.9, NOW, "main");
    }
}
