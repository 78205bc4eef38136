package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.AtOnce.inThreads;
import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cxoneassist.suggestion.Priority;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is claimed is claimed once, and is settled when it is confirmed and free again when it is given back. */
interface LedgerClaimContract extends LedgerFixture {

    @Test
    default void aSecondClaimIsADuplicate() {
        InteractionLedger ledger = ledger();

        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
    }

    @Test
    default void theSameIdIsNewInAnotherInteraction() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);

        assertThat(claim(ledger, new SuggestionKey("another", KEY.suggestionId())))
                .isEqualTo(Claim.NEW);
    }

    @Test
    default void theOriginOfAClaimIsKnownToTheEndOfItsWindow() {
        InteractionLedger ledger = ledger();
        Instant until = clock().instant().plus(WINDOW);
        Origin origin = new Origin("knowledge-base", Priority.HIGH, 0.8, 0.85);
        ledger.claim(KEY, until, origin, ContentRule.OFF);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, ACCEPTED);

        assertThat(ledger.origin(KEY)).contains(origin);
        assertThat(ledger.origin(key("unknown"))).isEmpty();
        clock().advance(WINDOW.plus(INSTANT));
        assertThat(ledger.origin(KEY)).isEmpty();
    }

    @Test
    default void aClaimHoldsNoSlot() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);

        assertThat(ledger.active("i-1")).isZero();
    }

    @Test
    default void aClaimIsNotSettledUntilItIsConfirmed() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);
        ledger.reserve(KEY, 5);
        assertThat(ledger.isConfirmed(KEY)).isFalse();

        ledger.confirm(KEY);

        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    default void whatIsNotKnownCannotBeConfirmed() {
        InteractionLedger ledger = ledger();

        ledger.confirm(KEY);

        assertThat(ledger.isConfirmed(KEY)).isFalse();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aClaimThatWasGivenBackIsNotConfirmed() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);
        ledger.release(KEY);

        assertThat(ledger.isConfirmed(KEY)).isFalse();
    }

    @Test
    default void aDecidedIdStaysADuplicateUntilItsWindowIsOver() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, DISMISSED);

        clock().advance(WINDOW);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        clock().advance(INSTANT);
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aDismissedIdIsADuplicateWithinItsWindowThoughSlotsAreFree() {
        InteractionLedger ledger = sent(KEY);
        ledger.acknowledge(KEY);
        ledger.end(KEY, DISMISSED);

        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.reserve(KEY, LIMIT));
        assertThatExceptionOfType(NotClaimedException.class).isThrownBy(() -> ledger.hold(KEY));
    }

    @Test
    default void aReleasedClaimMayComeAgain() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY);

        assertThat(ledger.release(KEY)).isTrue();
        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.size()).isZero();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.NEW);
    }

    @Test
    default void whoeverIsLateReleasesAndConfirmsHisOwnClaimAndNotTheOneAfterIt() {
        InteractionLedger ledger = ledger();
        Instant before = clock().in(WINDOW);
        ledger.claim(KEY, before);
        clock().advance(WINDOW.plus(INSTANT));
        Instant now = clock().in(WINDOW);
        ledger.claim(KEY, now);

        ledger.confirm(KEY, before);
        assertThat(ledger.isConfirmed(KEY)).isFalse();
        assertThat(ledger.release(KEY, before)).isFalse();
        assertThat(ledger.release(KEY, now)).isTrue();
        ledger.claim(KEY, now);
        ledger.confirm(KEY, now);
        assertThat(ledger.isConfirmed(KEY)).isTrue();
    }

    @Test
    default void aReleasedReservationGivesItsSlotBack() {
        InteractionLedger ledger = sent(KEY);

        assertThat(ledger.release(KEY)).isTrue();
        assertThat(ledger.active("i-1")).isZero();
        assertThat(claimAndReserve(ledger, KEY)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    default void whatTheAgentDecidedOnIsNotReleased() {
        InteractionLedger ledger = sent(KEY);
        ledger.end(KEY, ACCEPTED);

        assertThat(ledger.release(KEY)).isFalse();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
    }

    @Test
    default void whatTheDesktopShowsIsNotReleased() {
        InteractionLedger ledger = sent(KEY);
        ledger.acknowledge(KEY);

        assertThat(ledger.release(KEY)).isFalse();
        assertThat(ledger.active("i-1")).isEqualTo(1);
    }

    @Test
    default void oneOfManyEqualClaimsIsNew() throws Exception {
        for (int round = 0; round < rounds(); round++) {
            InteractionLedger ledger = ledger();

            List<Claim> answers = inThreads(8, () -> claim(ledger, KEY));

            assertThat(answers).containsOnlyOnce(Claim.NEW);
        }
    }
}
