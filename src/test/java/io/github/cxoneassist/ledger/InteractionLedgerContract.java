package io.github.cxoneassist.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.TestClock;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What every ledger keeps, a chapter an interface, and that no history of it all surprises. The test of a ledger implements this,
 * and makes an empty one for each call of {@link #ledger}.
 */
interface InteractionLedgerContract
        extends LedgerClaimContract,
                LedgerSlotContract,
                LedgerFrameContract,
                LedgerWindowContract,
                LedgerWaitingContract,
                LedgerInteractionEndContract,
                LedgerContentContract,
                LedgerRestoreContract {

    @Property(tries = 3000)
    default void anyHistoryIsAnsweredAsTheModelAnswersIt(@ForAll("histories") List<LedgerStep> history) {
        TestClock time = new TestClock();
        InteractionLedger ledger = ledger(time);
        InteractionLedger model = new LedgerModel(time);

        for (int i = 0; i < history.size(); i++) {
            LedgerStep step = history.get(i);
            if (step instanceof LedgerStep.Wait wait) {
                time.advance(wait.time());
            }
            assertThat(step.on(ledger, time)).as("step %d, %s", i, step).isEqualTo(step.on(model, time));
            for (String interaction : List.of("i-1", "i-2")) {
                assertThat(ledger.active(interaction))
                        .isEqualTo(model.active(interaction))
                        .isLessThanOrEqualTo(3);
                assertThat(ledger.waiting(interaction)).isEqualTo(model.waiting(interaction));
            }
            assertThat(ledger.active()).isEqualTo(model.active());
            assertThat(ledger.waiting()).isEqualTo(model.waiting());
        }
    }

    @Provide
    default Arbitrary<List<LedgerStep>> histories() {
        return LedgerStep.histories(3);
    }
}
