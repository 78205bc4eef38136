package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a restart puts back is as it was before. */
interface LedgerRestoreContract extends LedgerFixture {

    @Test
    default void whatWaitedBeforeARestartWaitsSettled() {
        InteractionLedger ledger = ledger();
        ledger.restore(KEY, clock().in(WINDOW), new Restored.Waiting());

        assertThat(ledger.isWaiting(KEY)).isTrue();
        assertThat(ledger.isConfirmed(KEY)).isTrue();
        assertThat(claim(ledger, KEY)).isEqualTo(Claim.DUPLICATE);
        assertThat(claimAndReserve(ledger, key("newcomer"))).isEqualTo(new Reservation(false, 5));
        assertThat(ledger.reserve(KEY, LIMIT)).isEqualTo(new Reservation(true, 4));
    }

    @Test
    default void whatWasActiveBeforeARestartIsActiveAndSettled() {
        InteractionLedger ledger = ledger();
        ledger.restore(key("sent"), clock().in(WINDOW), new Restored.Active(false));
        ledger.restore(key("shown"), clock().in(WINDOW), new Restored.Active(true));

        assertThat(ledger.active("i-1")).isEqualTo(2);
        assertThat(ledger.release(key("sent"))).isFalse();
        assertThat(ledger.acknowledge(key("sent"))).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.acknowledge(key("shown"))).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.end(key("shown"), ACCEPTED)).isEqualTo(Ending.FREED);
        clock().advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).containsExactly(slot(key("sent")));
    }

    @Test
    default void whatEndedBeforeARestartIsKnownAndHoldsNothing() {
        InteractionLedger ledger = ledger();
        Instant until = clock().in(WINDOW);
        ledger.restore(key("decided"), until, new Restored.Decided(ACCEPTED, clock().instant(), false));
        ledger.restore(key("dropped"), until, new Restored.Dropped(false, true));
        ledger.restore(key("waited"), until, new Restored.Dropped(true, false));

        assertThat(ledger.active()).isZero();
        assertThat(ledger.waiting()).isZero();
        assertThat(ledger.end(key("decided"), ACCEPTED)).isEqualTo(Ending.REPEATED);
        assertThat(ledger.acknowledge(key("decided"))).isEqualTo(Acknowledgement.FIRST);
        assertThat(ledger.end(key("dropped"), ACCEPTED)).isEqualTo(Ending.AFTER_INTERACTION);
        assertThat(ledger.acknowledge(key("dropped"))).isEqualTo(Acknowledgement.REPEATED);
        assertThat(ledger.end(key("waited"), ACCEPTED)).isEqualTo(Ending.NOT_SENT);
        for (String id : List.of("decided", "dropped", "waited")) {
            assertThat(claim(ledger, key(id))).isEqualTo(Claim.DUPLICATE);
        }
        clock().advance(WINDOW.plus(INSTANT));
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.size()).isZero();
    }

    @Test
    default void aRestoredOneHasItsOriginAgain() {
        InteractionLedger ledger = ledger();

        ledger.restore(
                KEY, clock().instant().plus(WINDOW), new Restored.Waiting(), Origin.of("model"), ContentRule.OFF);

        assertThat(ledger.origin(KEY)).contains(Origin.of("model"));
    }

    @Test
    default void restoringTheSameAgainChangesNothingAndTheLastStateCounts() {
        InteractionLedger ledger = ledger();
        Instant until = clock().in(WINDOW);
        ledger.restore(KEY, until.minus(INSTANT), new Restored.Waiting());
        ledger.restore(KEY, until, new Restored.Active(false));
        ledger.restore(KEY, until, new Restored.Active(false));

        assertThat(ledger.size()).isEqualTo(1);
        assertThat(ledger.waiting("i-1")).isZero();
        clock().advance(WINDOW);
        assertThat(ledger.expire()).isEmpty();
        assertThat(ledger.active("i-1")).isEqualTo(1);
        clock().advance(INSTANT);
        assertThat(ledger.expire()).containsExactly(slot(KEY));
        assertThat(ledger.expire()).isEmpty();
    }

    @Test
    default void whatRanOutBeforeTheRestartIsReportedByTheNextExpiry() {
        InteractionLedger ledger = ledger();
        Instant past = clock().instant().minus(INSTANT);
        ledger.restore(key("active"), past, new Restored.Active(true));
        ledger.restore(KEY, past, new Restored.Waiting());

        assertThat(ledger.active()).isZero();
        assertThat(ledger.expire()).containsExactlyInAnyOrder(slot(key("active")), waited(KEY));
        assertThat(ledger.size()).isZero();
    }

    @Test
    default void contentAndCoolDownSurviveARestart() {
        InteractionLedger ledger = ledger();
        Instant dismissed = clock().instant().minus(WINDOW);
        Restored state = new Restored.Decided(DISMISSED, dismissed, true);
        ledger.restore(KEY, clock().instant().minus(INSTANT), state, COOLING);
        ledger.restore(key("waits"), clock().in(WINDOW), new Restored.Waiting(), new ContentRule("b", true, COOL_DOWN));
        ledger.expire();

        assertThat(claim(ledger, key("x"), new ContentRule("b", true, Duration.ZERO)))
                .isEqualTo(Claim.DUPLICATE_CONTENT);
        clock().advance(COOL_DOWN.minus(WINDOW));
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock().advance(INSTANT);
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aCoolDownComesBackWithoutWhatWasDismissed() {
        InteractionLedger ledger = ledger();
        ledger.restore("i-1", new CoolDown(COOLING.digest(), clock().in(COOL_DOWN)));
        // of several of one content the longest counts
        ledger.restore("i-1", new CoolDown(COOLING.digest(), clock().in(COOL_DOWN.minus(INSTANT))));

        clock().advance(COOL_DOWN);
        assertThat(ledger.claim(KEY, clock().in(WINDOW), COOLING)).isEqualTo(Claim.COOLING_DOWN);
        assertThat(ledger.claim(new SuggestionKey("i-2", "s-1"), clock().in(WINDOW), COOLING))
                .isEqualTo(Claim.NEW);
        clock().advance(INSTANT);
        assertThat(ledger.claim(KEY, clock().in(WINDOW), COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aDismissalTellsTheCoolDownThatItBegan() {
        InteractionLedger ledger = ledger();
        ledger.claim(KEY, clock().in(WINDOW), COOLING);
        ledger.reserve(KEY, 1);
        assertThat(ledger.coolDown(KEY)).isEmpty();

        ledger.end(KEY, DISMISSED);

        assertThat(ledger.coolDown(KEY)).contains(new CoolDown(COOLING.digest(), clock().in(COOL_DOWN)));
        assertThat(ledger.coolDown(key("unheard"))).isEmpty();
    }
}
