package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.ledger.SuggestionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class RowOrderTest {

    private static final SuggestionKey A = new SuggestionKey("call", "a");
    private static final SuggestionKey B = new SuggestionKey("call", "b");
    private static final SuggestionKey ELSEWHERE = new SuggestionKey("other call", "b");

    private final RowOrder order = new RowOrder();
    private final List<String> handedOver = new ArrayList<>();
    private final Map<String, CompletableFuture<String>> disk = new ConcurrentHashMap<>();

    @Test
    void whereNobodyEndedTheRowOfWhoeverTakesASlotIsHandedOverAtOnce() {
        order.takes(A);
        write(A);

        assertThat(handedOver).containsExactly("start a");
    }

    @Test
    void theRowOfAnEndWaitsUntilTheRowOfWhatItEndsIsHandedOver() {
        order.takes(A);
        end(A);
        assertThat(handedOver).isEmpty();

        write(A);

        assertThat(handedOver).containsExactly("start a", "end a");
    }

    @Test
    void theRowOfAnEndDoesNotWaitForTheDiskOfWhatItEnds() {
        order.takes(A);
        write(A);

        end(A);

        assertThat(handedOver).containsExactly("start a", "end a");
    }

    @Test
    void whoeverTakesASlotWaitsUntilTheEndThatFreedItIsOnDisk() {
        end(A);
        order.takes(B);
        write(B);
        assertThat(handedOver).containsExactly("end a");

        onDisk("end a");

        assertThat(handedOver).containsExactly("end a", "start b");
    }

    @Test
    void whoeverTakesASlotWaitsForAllEndsBeforeIt() {
        end(A);
        end(new SuggestionKey("call", "c"));
        order.takes(B);
        write(B);

        onDisk("end c");
        assertThat(handedOver).containsExactly("end a", "end c");
        onDisk("end a");

        assertThat(handedOver).containsExactly("end a", "end c", "start b");
    }

    @Test
    void theSameIdTakenAnewWaitsForItsOwnEnd() {
        end(A);
        order.takes(A);
        write(A);

        onDisk("end a");

        assertThat(handedOver).containsExactly("end a", "start a");
    }

    @Test
    void anEndThatComesLaterIsNotWaitedForThoughTheRowIsNotHandedOverYet() {
        order.takes(A);
        order.takes(B);
        end(A);
        end(B);

        write(A);
        write(B);

        assertThat(handedOver).containsExactly("start a", "end a", "start b", "end b");
    }

    @Test
    void anotherInteractionIsNotConcerned() {
        end(A);
        order.takes(ELSEWHERE);
        write(ELSEWHERE);

        assertThat(handedOver).containsExactly("end a", "start b");
    }

    @Test
    void anEndThatNeverGetsOnDiskKeepsWhateverTookItsSlotFromDiskToo() {
        end(A);
        order.takes(B);
        CompletableFuture<String> row = write(B);

        disk.get("end a").completeExceptionally(new IllegalStateException("closed"));
        order.takes(A);

        assertThat(row).isCompletedExceptionally();
        assertThat(write(A)).isCompletedExceptionally();
        assertThat(handedOver).containsExactly("end a");
    }

    @Test
    void anEndGoesOnWhereThereWillBeNoRowOfWhatItEnds() {
        order.takes(A);
        end(A);

        order.settled(A, order.owed(A));

        assertThat(handedOver).containsExactly("end a");
    }

    @Test
    void whoeverIsDoneWithAnEarlierOneDoesNotSettleTheRowOfALaterOne() {
        order.takes(A);
        RowOrder.Start earlier = order.owed(A);
        write(A);
        order.takes(A);
        end(A);

        order.settled(A, earlier);

        assertThat(handedOver).containsExactly("start a");
    }

    @Test
    void nothingIsKeptOfAnInteractionThatNoRowIsOwedOf() {
        order.takes(A);
        write(A);
        end(A);
        order.takes(B);
        write(B);
        assertThat(order.size()).isEqualTo(1);

        onDisk("end a");

        assertThat(order.size()).isZero();
    }

    private CompletableFuture<String> write(SuggestionKey key) {
        return order.write(key, () -> append("start " + key.suggestionId())).toCompletableFuture();
    }

    private void end(SuggestionKey key) {
        order.end(key, () -> append("end " + key.suggestionId()));
    }

    private CompletionStage<String> append(String row) {
        handedOver.add(row);
        return disk.computeIfAbsent(row, name -> new CompletableFuture<>());
    }

    private void onDisk(String row) {
        disk.get(row).complete(row);
    }
}
