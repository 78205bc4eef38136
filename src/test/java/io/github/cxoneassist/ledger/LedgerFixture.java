package io.github.cxoneassist.ledger;

import io.github.cxoneassist.TestClock;
import java.time.Clock;
import java.time.Duration;

/** What the chapters of {@link InteractionLedgerContract} start from: a clock that the test turns, and ledgers in a known state. */
interface LedgerFixture {

    Duration WINDOW = Duration.ofMinutes(5);
    Duration INSTANT = Duration.ofNanos(1000);
    Duration COOL_DOWN = Duration.ofHours(1);
    int LIMIT = 5;
    ContentRule UNIQUE = new ContentRule("refund", true, Duration.ZERO);
    ContentRule COOLING = new ContentRule("refund", false, COOL_DOWN);
    SuggestionKey KEY = new SuggestionKey("i-1", "s-1");

    /** An empty ledger that goes by this clock. */
    InteractionLedger ledger(Clock clock);

    /** The clock of this test, always the same one. */
    TestClock clock();

    /** How often the tests of many threads are repeated; a ledger across a network may lower it. */
    default int rounds() {
        return 300;
    }

    default InteractionLedger ledger() {
        return ledger(clock());
    }

    /** One of the interaction that most tests are about. */
    default SuggestionKey key(String suggestionId) {
        return new SuggestionKey("i-1", suggestionId);
    }

    default Claim claim(InteractionLedger ledger, SuggestionKey key) {
        return ledger.claim(key, clock().in(WINDOW));
    }

    default Claim claim(InteractionLedger ledger, SuggestionKey key, ContentRule content) {
        return ledger.claim(key, clock().in(WINDOW), content);
    }

    default Reservation claimAndReserve(InteractionLedger ledger, SuggestionKey key) {
        claim(ledger, key);
        return ledger.reserve(key, LIMIT);
    }

    default InteractionLedger sent(SuggestionKey... keys) {
        InteractionLedger ledger = ledger();
        for (SuggestionKey key : keys) {
            claimAndReserve(ledger, key);
        }
        return ledger;
    }

    /** An interaction whose five slots are taken, by a to e. */
    default InteractionLedger full() {
        return sent(key("a"), key("b"), key("c"), key("d"), key("e"));
    }

    /** {@link #full}, and these wait, settled. */
    default InteractionLedger fullWithWaiting(SuggestionKey... keys) {
        InteractionLedger ledger = full();
        for (SuggestionKey key : keys) {
            claim(ledger, key);
            ledger.hold(key);
            ledger.confirm(key);
        }
        return ledger;
    }

    default Ended slot(SuggestionKey key) {
        return new Ended(key, false);
    }

    default Ended waited(SuggestionKey key) {
        return new Ended(key, true);
    }
}
