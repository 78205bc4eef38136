package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.ledger.SuggestionKey;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    private static final SuggestionKey KEY = new SuggestionKey("call", "a");

    private final RowOrder order = new RowOrder();

    @Test
    void whereNoRowIsOwedNobodyWaits() {
        assertThat(whenSettled(KEY)).isCompleted();
    }

    @Test
    void whoeverEndsItWaitsForTheRowThatIsOwed() {
        order.owes(KEY);
        CompletableFuture<Void> end = whenSettled(KEY);
        assertThat(end).isNotDone();

        order.settled(KEY);

        assertThat(end).isCompleted();
        assertThat(whenSettled(KEY)).isCompleted();
    }

    @Test
    void anotherSuggestionIsNotConcerned() {
        order.owes(KEY);

        assertThat(whenSettled(new SuggestionKey("call", "b"))).isCompleted();
    }

    @Test
    void nobodyWhoWaitsIsForgottenWhenItIsOwedTwice() {
        order.owes(KEY);
        CompletableFuture<Void> end = whenSettled(KEY);
        order.owes(KEY);

        order.settled(KEY);

        assertThat(end).isCompleted();
    }

    private CompletableFuture<Void> whenSettled(SuggestionKey key) {
        return order.whenSettled(key).toCompletableFuture();
    }
}
