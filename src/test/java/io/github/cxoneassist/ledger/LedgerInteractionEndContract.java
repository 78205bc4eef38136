package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of an interaction ends what is open in it, and nothing that comes later. */
interface LedgerInteractionEndContract extends LedgerFixture {

    @Test
    default void theEndOfAnInteractionEndsWhatWaitsAndWhatHoldsASlotOnce() {
        InteractionLedger ledger = sent(key("a"), key("b"), key("decided"));
        ledger.end(key("decided"), ACCEPTED);
        claim(ledger, KEY);
        ledger.hold(KEY);
        claimAndReserve(ledger, new SuggestionKey("i-2", "elsewhere"));

        assertThat(ledger.endInteraction("i-1")).containsExactlyInAnyOrder(slot(key("a")), slot(key("b")), waited(KEY));

        assertThat(ledger.endInteraction("i-1")).isEmpty();
        assertThat(ledger.active("i-1")).isZero();
        assertThat(ledger.waiting("i-1")).isZero();
        assertThat(ledger.active("i-2")).isEqualTo(1);
    }

    @Test
    default void theEndOfAnUnknownInteractionEndsNothing() {
        InteractionLedger ledger = ledger();

        assertThat(ledger.endInteraction("i-1")).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    default void whatEndedWithItsInteractionStaysKnownUntilItsWindowIsOverAndIsNotReportedAgain() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.endInteraction("i-1");

        for (SuggestionKey key : List.of(key("a"), KEY)) {
            assertThat(claim(ledger, key)).isEqualTo(Claim.DUPLICATE);
            assertThat(ledger.isConfirmed(key)).isTrue();
            assertThat(ledger.release(key)).isFalse();
            assertThat(ledger.supersede(key)).isFalse();
            assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(key, LIMIT));
            assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(key));
        }
        clock().advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    default void framesAfterTheEndOfTheInteractionFreeNothing() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.acknowledge(key("a"));
        ledger.endInteraction("i-1");

        assertThat(ledger.acknowledge(key("a"))).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.acknowledge(key("b"))).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(KEY)).isEqualTo(Acknowledgement.NOT_SENT);
        assertThat(ledger.end(key("a"), ACCEPTED)).isEqualTo(Ending.AFTER_INTERACTION);
        assertThat(ledger.end(key("b"), DISMISSED)).isEqualTo(Ending.AFTER_INTERACTION);
        assertThat(ledger.end(KEY, ACCEPTED)).isEqualTo(Ending.NOT_SENT);
    }

    @Test
    default void whetherAClaimStillHoldsItsSlotOrLostItWithItsInteractionIsKnown() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.end(key("b"), ACCEPTED);
        Instant until = clock().in(WINDOW);
        assertThat(ledger.isActive(key("a"), until)).isTrue();
        assertThat(ledger.isActive(key("b"), until)).isFalse();
        assertThat(ledger.isActive(KEY, until)).isFalse();
        assertThat(ledger.endedWithInteraction(key("a"), until)).isFalse();

        ledger.endInteraction("i-1");

        assertThat(ledger.isActive(key("a"), until)).isFalse();
        assertThat(ledger.endedWithInteraction(key("a"), until)).isTrue();
        assertThat(ledger.endedWithInteraction(key("b"), until)).isFalse();
        assertThat(ledger.endedWithInteraction(KEY, until)).isFalse();
    }

    @Test
    default void theClaimOfAnotherWindowIsAnotherClaim() {
        InteractionLedger ledger = sent(KEY);
        Instant before = clock().in(WINDOW);
        clock().advance(WINDOW.plus(INSTANT));
        assertThat(ledger.isActive(KEY, before)).isFalse();
        claimAndReserve(ledger, KEY);
        Instant now = clock().in(WINDOW);

        assertThat(ledger.isActive(KEY, before)).isFalse();
        assertThat(ledger.isActive(KEY, now)).isTrue();
        ledger.endInteraction("i-1");
        assertThat(ledger.endedWithInteraction(KEY, before)).isFalse();
        assertThat(ledger.endedWithInteraction(KEY, now)).isTrue();
    }

    @Test
    default void whatIsClaimedAfterTheEndOfTheInteractionIsNew() {
        InteractionLedger ledger = fullWithWaiting(KEY);
        ledger.endInteraction("i-1");

        assertThat(claimAndReserve(ledger, key("later"))).isEqualTo(new Reservation(true, 4));
    }

    @Test
    default void whatIsOverWhenTheInteractionEndsIsLeftToExpiry() {
        InteractionLedger ledger = sent(KEY);
        clock().advance(WINDOW.plus(INSTANT));

        assertThat(ledger.endInteraction("i-1")).isEmpty();
        assertThat(ledger.expire()).containsExactly(slot(KEY));
    }
}
