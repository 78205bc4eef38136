package io.github.cxoneassist.ledger;

import static io.github.cxoneassist.ledger.Decision.ACCEPTED;
import static io.github.cxoneassist.ledger.Decision.DISMISSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same content under another id: a duplicate where that rule is on, and cooling down once it was dismissed. */
interface LedgerContentContract extends LedgerFixture {

    @Test
    default void sameContentUnderAnotherIdIsADuplicateOfContent() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY, UNIQUE);

        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.DUPLICATE_CONTENT);
        assertThat(claim(ledger, KEY, UNIQUE)).isEqualTo(Claim.DUPLICATE);
        assertThat(claim(ledger, key("other"), new ContentRule("another content", true, Duration.ZERO)))
                .isEqualTo(Claim.NEW);
        assertThat(claim(ledger, new SuggestionKey("i-2", "other"), UNIQUE)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aClaimRefusedForItsContentLeavesNothingBehind() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY, UNIQUE);

        claim(ledger, key("other"), UNIQUE);

        assertThat(ledger.size()).isEqualTo(1);
        assertThat(claim(ledger, key("other"))).isEqualTo(Claim.NEW);
    }

    @Test
    default void contentIsADuplicateInWhicheverStateTheOtherIsUntilItsWindowIsOver() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY, UNIQUE);
        ledger.reserve(KEY, LIMIT);
        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.DUPLICATE_CONTENT);
        ledger.end(KEY, ACCEPTED);

        clock().advance(WINDOW);
        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.DUPLICATE_CONTENT);
        clock().advance(INSTANT);
        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.NEW);
    }

    @Test
    default void contentThatWasGivenBackIsNew() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY, UNIQUE);
        ledger.release(KEY);

        assertThat(claim(ledger, key("other"), UNIQUE)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aDismissedContentCoolsDownBeyondTheEndOfItsWindow() {
        InteractionLedger ledger = withDismissed(COOLING);

        assertThat(claim(ledger, key("other"), COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock().advance(COOL_DOWN);
        ledger.expire();
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock().advance(INSTANT);
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    default void onlyTheDismissedContentInItsInteractionCoolsDown() {
        InteractionLedger ledger = withDismissed(COOLING);

        assertThat(claim(ledger, key("other"), new ContentRule("another content", false, COOL_DOWN)))
                .isEqualTo(Claim.NEW);
        assertThat(claim(ledger, new SuggestionKey("i-2", "other"), COOLING)).isEqualTo(Claim.NEW);
        assertThat(claim(ledger, key("rule off"))).isEqualTo(Claim.NEW);
    }

    @Test
    default void whatWasAcceptedOrEndedWithItsInteractionDoesNotCoolDown() {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY, COOLING);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, ACCEPTED);
        claim(ledger, key("dropped"), COOLING);
        ledger.reserve(key("dropped"), LIMIT);
        ledger.endInteraction("i-1");
        ledger.end(key("dropped"), DISMISSED);

        assertThat(claim(ledger, key("other"), COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aSecondDismissalProlongsTheCoolDown() {
        InteractionLedger ledger = ledger();
        for (SuggestionKey key : List.of(key("a"), key("b"))) {
            claim(ledger, key, COOLING);
            ledger.reserve(key, LIMIT);
        }
        ledger.end(key("a"), DISMISSED);
        clock().advance(INSTANT);
        ledger.end(key("b"), DISMISSED);

        clock().advance(COOL_DOWN);
        ledger.expire();
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.COOLING_DOWN);
        clock().advance(INSTANT);
        assertThat(claim(ledger, KEY, COOLING)).isEqualTo(Claim.NEW);
    }

    @Test
    default void aDismissedContentIsSaidToCoolDownWhereItIsADuplicateToo() {
        ContentRule both = new ContentRule("refund", true, COOL_DOWN);
        InteractionLedger ledger = withDismissed(both);

        assertThat(claim(ledger, key("other"), both)).isEqualTo(Claim.COOLING_DOWN);
        assertThat(claim(ledger, KEY, both)).isEqualTo(Claim.DUPLICATE);
    }

    /** The agent dismissed {@link #KEY}, whose content this is. */
    private InteractionLedger withDismissed(ContentRule content) {
        InteractionLedger ledger = ledger();
        claim(ledger, KEY, content);
        ledger.reserve(KEY, LIMIT);
        ledger.end(KEY, DISMISSED);
        return ledger;
    }
}
