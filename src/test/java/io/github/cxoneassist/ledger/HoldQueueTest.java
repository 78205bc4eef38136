package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.suggestion.Priority.CRITICAL;
import static io.github.cxoneassist.suggestion.Priority.HIGH;
import static io.github.cxoneassist.suggestion.Priority.LOW;
import static io.github.cxoneassist.suggestion.Priority.MEDIUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HoldQueueTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant END = NOW.plusSeconds(300);
    private static final Predicate<Waiting> ALL = one -> true;
    private static final Predicate<Waiting> NONE = one -> false;

    @Test
    void prioritiesAreServedFromCriticalToLow() {
        HoldQueue queue = queue(5, waiting("l", LOW, 0.9), waiting("c", CRITICAL, 0.7), waiting("m", MEDIUM, 0.9))
                .offer(waiting("h", HIGH, 0.8), NOW)
                .rest();

        assertThat(ids(queue.waiting())).containsExactly("c", "h", "m", "l");
    }

    @Test
    void withinAPriorityTheHigherScoreThenTheOlderThenTheIdGoesFirst() {
        HoldQueue queue = queue(
                5,
                new Waiting(suggestion("young", HIGH, END), 0.8, NOW.plusSeconds(1), "cx"),
                waiting("b", HIGH, 0.8),
                waiting("a", HIGH, 0.8),
                waiting("better", HIGH, 0.81));

        assertThat(ids(queue.waiting())).containsExactly("better", "a", "b", "young");
    }

    @Test
    void theAdjustedScoreRanksAndNotTheSourcesOwn() {
        HoldQueue queue = queue(
                5,
                new Waiting(suggestion("liked", HIGH, END), 0.9, NOW, "cx"),
                new Waiting(suggestion("refused", HIGH, END), 0.7, NOW, "cx"));

        assertThat(ids(queue.waiting())).containsExactly("liked", "refused");
    }

    @ParameterizedTest
    @EnumSource(HoldPolicy.class)
    void aSlotIsGivenBeforeAnybodyHasToLeave(HoldPolicy policy) {
        HoldQueue full = HoldQueue.of(1, policy, List.of(waiting("high", HIGH, 0.9)));

        HoldQueue.Change change = full.offer(
                waiting("critical", CRITICAL, 0.9), one -> one.suggestion().id().equals("critical"), all -> true, NOW);

        assertThat(ids(change.released())).containsExactly("critical");
        assertThat(change.superseded()).isEmpty();
        assertThat(ids(change.rest().waiting())).containsExactly("high");
    }

    @Test
    void aFullQueueDropsTheWorst() {
        HoldQueue full = queue(2, waiting("low", LOW, 0.9), waiting("high", HIGH, 0.9));

        HoldQueue.Change change = full.offer(waiting("medium", MEDIUM, 0.9), NOW);

        assertThat(ids(change.superseded())).containsExactly("low");
        assertThat(ids(change.rest().waiting())).containsExactly("high", "medium");
        assertThat(change.released()).isEmpty();
    }

    @Test
    void aNewcomerThatIsTheWorstIsDroppedItself() {
        HoldQueue full = queue(2, waiting("high", HIGH, 0.9), waiting("medium", MEDIUM, 0.9));

        HoldQueue.Change change = full.offer(waiting("newcomer", LOW, 0.9), NOW);

        assertThat(ids(change.superseded())).containsExactly("newcomer");
        assertThat(ids(change.rest().waiting())).containsExactly("high", "medium");
    }

    @Test
    void whereTheNewcomerReplacesTheWorstOfTheOthersLeaves() {
        HoldQueue full = HoldQueue.empty(2, HoldPolicy.REPLACE)
                .offer(waiting("high", HIGH, 0.9), NOW)
                .rest()
                .offer(waiting("medium", MEDIUM, 0.9), NOW)
                .rest();

        HoldQueue.Change change = full.offer(waiting("newcomer", LOW, 0.9), NOW);

        assertThat(ids(change.superseded())).containsExactly("medium");
        assertThat(ids(change.rest().waiting())).containsExactly("high", "newcomer");
    }

    @Test
    void underANarrowerRuleTheWorstLeaveWithTheNextNewcomer() {
        HoldQueue full = queue(3, waiting("low", LOW, 0.9), waiting("medium", MEDIUM, 0.9), waiting("high", HIGH, 0.9));

        HoldQueue.Change change = full.under(1, HoldPolicy.HOLD).offer(waiting("critical", CRITICAL, 0.9), NOW);

        assertThat(ids(change.superseded())).containsExactly("low", "medium", "high");
        assertThat(ids(change.rest().waiting())).containsExactly("critical");
    }

    @Test
    void aQueueOfBeforeARestartIsRankedAndKeepsThoseThatAreTooManyUntilTheNextNewcomer() {
        HoldQueue full =
                HoldQueue.of(1, HoldPolicy.HOLD, List.of(waiting("low", LOW, 0.9), waiting("high", HIGH, 0.9)));

        assertThat(ids(full.waiting())).containsExactly("high", "low");
        assertThat(ids(full.offer(waiting("critical", CRITICAL, 0.9), NOW).superseded()))
                .containsExactly("low", "high");
    }

    @Test
    void whereThereIsRoomNobodyIsReplaced() {
        HoldQueue half = HoldQueue.empty(2, HoldPolicy.REPLACE)
                .offer(waiting("high", HIGH, 0.9), NOW)
                .rest();

        HoldQueue.Change change = half.offer(waiting("newcomer", LOW, 0.9), NOW);

        assertThat(change.superseded()).isEmpty();
        assertThat(ids(change.rest().waiting())).containsExactly("high", "newcomer");
    }

    @Test
    void whatIsPastItsWindowMakesRoomAndIsNotSaidToBeSuperseded() {
        HoldQueue full = queue(1, waiting("over", CRITICAL, 0.9));

        HoldQueue.Change change = full.offer(
                new Waiting(suggestion("newcomer", LOW, END.plusSeconds(9)), 0.9, NOW, "cx"), END.plusNanos(1));

        assertThat(change.superseded()).isEmpty();
        assertThat(ids(change.rest().waiting())).containsExactly("newcomer");
    }

    @Test
    void aNewcomerPastItsWindowIsDroppedWithoutAWord() {
        HoldQueue.Change change =
                queue(1, waiting("a", LOW, 0.9)).offer(waiting("newcomer", HIGH, 0.9), END.plusNanos(1));

        assertThat(change.superseded()).isEmpty();
        assertThat(change.rest().isEmpty()).isTrue();
    }

    @Test
    void anIdThatWaitsAlreadyIsNotDoubled() {
        HoldQueue queue = queue(1, waiting("a", LOW, 0.9));

        HoldQueue.Change change = queue.offer(waiting("a", HIGH, 0.9), NOW);

        assertThat(change.superseded()).isEmpty();
        assertThat(change.rest().waiting()).containsExactly(waiting("a", LOW, 0.9));
    }

    @Test
    void theBestAreReleasedUntilOneGetsNoSlotAndNobodyIsAskedAfterIt() {
        HoldQueue queue =
                queue(5, waiting("low", LOW, 0.9), waiting("high", HIGH, 0.9), waiting("medium", MEDIUM, 0.9));
        List<String> asked = new ArrayList<>();

        HoldQueue.Change change = queue.release(
                one -> {
                    asked.add(one.suggestion().id());
                    return asked.size() == 1;
                },
                ALL,
                NOW);

        assertThat(ids(change.released())).containsExactly("high");
        assertThat(asked).containsExactly("high", "medium");
        assertThat(ids(change.rest().waiting())).containsExactly("medium", "low");
    }

    @Test
    void whatIsPastItsWindowIsDroppedAndTheNextIsReleased() {
        Waiting over = new Waiting(suggestion("over", CRITICAL, NOW), 0.9, NOW, "cx");
        HoldQueue queue = queue(5, over, waiting("next", LOW, 0.9));

        HoldQueue.Change atItsEnd = queue.release(ALL, ALL, NOW);
        HoldQueue.Change pastIt = queue.release(ALL, ALL, NOW.plusNanos(1));

        assertThat(ids(atItsEnd.released())).containsExactly("over", "next");
        assertThat(ids(pastIt.released())).containsExactly("next");
        assertThat(pastIt.superseded()).isEmpty();
        assertThat(pastIt.rest().isEmpty()).isTrue();
    }

    @Test
    void whatTheLedgerNoLongerKnowsIsDroppedBeforeAndBehindTheOneThatGetsNoSlot() {
        HoldQueue queue = queue(5, waiting("a", CRITICAL, 0.9), waiting("b", HIGH, 0.9), waiting("c", LOW, 0.9));

        HoldQueue.Change change =
                queue.release(NONE, one -> one.suggestion().id().equals("b"), NOW);

        assertThat(ids(change.rest().waiting())).containsExactly("b");
        assertThat(change.released()).isEmpty();
        assertThat(change.superseded()).isEmpty();
    }

    @Test
    void whatEndsBetweenTheTwoQuestionsKeepsNobodyBack() {
        HoldQueue queue = queue(5, waiting("ended", CRITICAL, 0.9), waiting("next", LOW, 0.9));

        HoldQueue.Change change = queue.release(
                one -> {
                    if (one.suggestion().id().equals("ended")) {
                        throw new NotClaimedException(one.key());
                    }
                    return true;
                },
                ALL,
                NOW);

        assertThat(ids(change.released())).containsExactly("next");
        assertThat(change.rest().isEmpty()).isTrue();
    }

    @Test
    void whatEndedWithItsInteractionIsNotKept() {
        HoldQueue queue = queue(5, waiting("a", LOW, 0.9), waiting("b", LOW, 0.9));

        assertThat(ids(queue.keep(one -> one.suggestion().id().equals("b"), NOW).waiting()))
                .containsExactly("b");
        assertThat(queue.keep(ALL, END.plusNanos(1)).size()).isZero();
    }

    @Test
    void aQueueMustHaveRoomForOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HoldQueue.empty(0, HoldPolicy.HOLD))
                .withMessage("capacity must be 1 or more, but is 0");
    }

    @Test
    void aScoreThatHasNoRankIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> waiting("a", LOW, Double.NaN))
                .withMessage("score must be a finite number, but is NaN");
    }

    @Test
    void whatWaitsNamesNoTextOfItsSuggestion() {
        assertThat(waiting("a", LOW, 0.9).toString()).doesNotContain("the text");
    }

    private static HoldQueue queue(int capacity, Waiting... all) {
        HoldQueue queue = HoldQueue.empty(capacity, HoldPolicy.HOLD);
        for (Waiting one : all) {
            queue = queue.offer(one, NOW).rest();
        }
        return queue;
    }

    private static Waiting waiting(String id, Priority priority, double score) {
        return new Waiting(suggestion(id, priority, END), score, NOW, "cx");
    }

    private static Suggestion suggestion(String id, Priority priority, Instant end) {
        return new Suggestion("i-1", id, "the text", priority, 0.8, new ContextWindow(NOW, end), "kb");
    }

    private static List<String> ids(List<Waiting> all) {
        return all.stream().map(one -> one.suggestion().id()).toList();
    }
}
