package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.ledger.HoldPolicy;
import io.github.cxoneassist.ledger.MemoryLedger;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class HoldStrategyTest {

    private static final String CALL = "call-1";
    private static final HoldRule ONE_WAITS = new HoldRule(1, false, 1, HoldPolicy.REPLACE);

    private final TestClock clock = new TestClock();
    private final MemoryLedger ledger = new MemoryLedger(clock);
    private final RestoredQueues restored = new RestoredQueues(session -> ONE_WAITS);
    private final HoldStrategy strategy = new HoldStrategy(ledger, ledger::reserve, restored, clock);
    private Exchange group;

    @Test
    void aGroupThatAKickBeganKeepsTheRuleOfWhoeverOffers() {
        takeTheOnlySlot();
        send(new HoldMessage.Kick(CALL));
        send(offer("first"));

        HoldRelease release = send(offer("second"));

        assertThat(ids(release.superseded())).containsExactly("first");
        assertThat(ids(group.getMessage().getBody(HoldGroup.class).queue().waiting()))
                .containsExactly("second");
    }

    @Test
    void aQueueOfBeforeTheRestartIsThereAsAWholeBeforeASlotIsGiven() {
        restored.add(waiting("worse", Priority.LOW));
        restored.add(waiting("better", Priority.HIGH));

        HoldRelease first = send(new HoldMessage.Kick(CALL));
        HoldRelease second = send(new HoldMessage.Kick(CALL));

        assertThat(first).isNull();
        assertThat(ids(second.released())).containsExactly("better");
        assertThat(ids(group.getMessage().getBody(HoldGroup.class).queue().waiting()))
                .containsExactly("worse");
    }

    private void takeTheOnlySlot() {
        SuggestionKey key = new SuggestionKey(CALL, "active");
        ledger.claim(key, clock.instant().plusSeconds(60));
        ledger.reserve(key, 1);
    }

    private HoldMessage offer(String id) {
        return new HoldMessage.Offer(waiting(id, Priority.HIGH), ONE_WAITS);
    }

    private Waiting waiting(String id, Priority priority) {
        Suggestion suggestion = new Suggestion(
                CALL,
                id,
                "Offer a call back",
                priority,
                0.9,
                new ContextWindow(clock.instant(), clock.instant().plusSeconds(60)),
                null);
        ledger.claim(SuggestionKey.of(suggestion), suggestion.contextWindow().end());
        ledger.hold(SuggestionKey.of(suggestion));
        return new Waiting(suggestion, 0.9, clock.instant(), "main");
    }

    /** As the aggregator does it; what it hands on, or null. */
    private HoldRelease send(HoldMessage message) {
        Exchange fresh = new DefaultExchange(new DefaultCamelContext());
        fresh.getMessage().setBody(message);
        Exchange old = group;
        boolean handsOn = strategy.preComplete(old, fresh);
        group = strategy.aggregate(handsOn ? null : old, fresh);
        return handsOn ? old.getMessage().getBody(HoldRelease.class) : null;
    }

    private static List<String> ids(List<Waiting> waiting) {
        return waiting.stream().map(one -> one.suggestion().id()).toList();
    }
}
