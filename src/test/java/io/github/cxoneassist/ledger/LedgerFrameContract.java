package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.AtOnce.inThreads;
import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the desktop says of a suggestion counts once, in whatever order it comes. */
interface LedgerFrameContract extends LedgerFixture {

    @Test
    default void oneWithASlotIsUnansweredUntilTheDesktopAcknowledgesIt() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);
        assertThat(ledger.isUnanswered(KEY)).isFalse();
        ledger.reserve(KEY, LIMIT);
        assertThat(ledger.isUnanswered(KEY)).isTrue();

        ledger.acknowledge(KEY);

        assertThat(ledger.isUnanswered(KEY)).isFalse();
    }

    @Test
    default void onlyTheFirstAcknowledgementIsTheFirst() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    default void anAcknowledgementOvertakenByTheDecisionIsStillTheFirst() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    default void anAcceptBeforeItsAckFreesTheSlotOnce() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.FREED);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.REPEATED);
        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    default void theFirstDecisionWinsAndTheSlotIsFreedOnce() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("c"), key("d"), key("e"));

        assertThat(ledger.end(key("a"), ACCEPTED)).isEqualTo(Ending.FREED);
        assertThat(ledger.end(key("a"), ACCEPTED)).isEqualTo(Ending.REPEATED);
        assertThat(ledger.end(key("a"), DISMISSED)).isEqualTo(Ending.REPEATED);

        assertThat(ledger.active("i-1")).isEqualTo(4);
        assertThat(claimAndReserve(ledger, key("f"))).isEqualTo(new Reservation(true, 0));
        assertThat(claimAndReserve(ledger, key("g"))).isEqualTo(new Reservation(false, 0));
    }

    @Test
    default void framesForWhatWasNeverSentChangeNothing() {
        InteractionLedger ledger = ledger();
        SuggestionKey held = key("held");
        claim(ledger, held);

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.UNKNOWN);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.acknowledge(held)).isEqualTo(Acknowledgement.NOT_SENT);
        assertThat(ledger.end(held, DISMISSED)).isEqualTo(Ending.NOT_SENT);
        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.reserve(held, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    default void framesForWhatIsOverChangeNothing() {
        InteractionLedger ledger = sent(KEY);

        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.UNKNOWN);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.expire()).containsExactly(slot(KEY));
    }

    @Test
    default void anAcceptAfterExpiryIsUnknown() {
        InteractionLedger ledger = sent(KEY);
        clock().advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).containsExactly(slot(KEY));

        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.UNKNOWN);
        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    default void oneOfManyEqualDecisionsFreesTheSlot() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = sent(KEY);

            List<Ending> answers = inThreads(8, () -> ledger.end(KEY, ACCEPTED));

            assertThat(answers).containsOnlyOnce(Ending.FREED).doesNotContain(Ending.UNKNOWN);
        }
    }
}
