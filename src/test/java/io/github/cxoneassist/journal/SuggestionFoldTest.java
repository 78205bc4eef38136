package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.journal.OpenSuggestion.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionFoldTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant UNTIL = NOW.plusSeconds(60);

    private final SuggestionFold fold = new SuggestionFold(NOW);
    private long seq = 40;

    @Test
    void aHeldSuggestionWaits() {
        add(JournalEvent.HELD);

        assertThat(only())
                .isEqualTo(new OpenSuggestion(
                        "interaction-1",
                        "s-1",
                        State.HELD,
                        Optional.empty(),
                        UNTIL,
                        41,
                        at(41),
                        window(UNTIL),
                        "Text of row 41"));
    }

    @Test
    void aReleasedSuggestionKeepsTheAgeOfItsFirstRowAndTakesTheDetailsOfItsLast() {
        add(JournalEvent.HELD);
        ObjectNode released = window(UNTIL).put("injectedAt", "2026-11-22T07:59:59.5Z");
        add(step(JournalEvent.INJECTED, null, released, "Text"));

        assertThat(only())
                .isEqualTo(new OpenSuggestion(
                        "interaction-1", "s-1", State.INJECTED, Optional.empty(), UNTIL, 41, at(41), released, "Text"));
    }

    @Test
    void aReleasedSuggestionWithoutATextOfItsOwnHasTheOneItWasHeldWith() {
        add(JournalEvent.HELD);
        add(step(JournalEvent.INJECTED, null, window(UNTIL), null));

        assertThat(only().text()).isEqualTo("Text of row 41");
    }

    @Test
    void anErasedTextIsNull() {
        add(step(JournalEvent.INJECTED, null, window(UNTIL), null));

        assertThat(only().text()).isNull();
    }

    @Test
    void anAcknowledgementIsKnown() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.ACK_RECEIVED);

        assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
    }

    @Test
    void anAcknowledgementThatCameBeforeTheRowOfASecondSendingStays() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.ACK_RECEIVED);
        add(JournalEvent.INJECTED);

        assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "DISMISSED", "SUPERSEDED", "EXPIRED"})
    void anEndedSuggestionStaysKnownWithWhatEndedIt(JournalEvent end) {
        add(JournalEvent.INJECTED);
        add(end);

        assertThat(only().state()).isEqualTo(State.ENDED);
        assertThat(only().end().map(OpenSuggestion.End::event)).contains(end);
    }

    @Test
    void theFirstEndCountsAndAnAcknowledgementAfterItChangesNothing() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.DISMISSED);
        add(JournalEvent.ACK_RECEIVED);
        add(JournalEvent.ACCEPTED);
        add(dispatchFailed(false));

        assertThat(only().end().map(OpenSuggestion.End::event)).contains(JournalEvent.DISMISSED);
    }

    @Test
    void aSuggestionThatIsOfferedAgainAfterItsEndIsANewOne() {
        add(JournalEvent.HELD);
        add(JournalEvent.SUPERSEDED);
        add(step(JournalEvent.HELD, null, window(UNTIL.plusSeconds(1)), null));

        assertThat(only())
                .isEqualTo(new OpenSuggestion(
                        "interaction-1",
                        "s-1",
                        State.HELD,
                        Optional.empty(),
                        UNTIL.plusSeconds(1),
                        43,
                        at(43),
                        window(UNTIL.plusSeconds(1)),
                        null));
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCEPTED", "DISMISSED", "EXPIRED"})
    void aSuggestionThatEndedWhileItsRowWasOnTheWayStaysEnded(JournalEvent end) {
        add(JournalEvent.HELD);
        add(end);
        add(JournalEvent.INJECTED);

        assertThat(only().state()).isEqualTo(State.ENDED);
        assertThat(only().end().map(OpenSuggestion.End::event)).contains(end);
    }

    @Test
    void aSuggestionThatIsOfferedAgainInAnotherWindowIsANewOneThoughNobodyHasNoticedTheEndOfTheOther() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.ACK_RECEIVED);
        add(step(JournalEvent.HELD, null, window(UNTIL.plusSeconds(60)), "Text"));
        add(step(JournalEvent.EXPIRED, SuggestionFold.WINDOW_ENDED, window(null), null));

        assertThat(only())
                .isEqualTo(new OpenSuggestion(
                        "interaction-1",
                        "s-1",
                        State.HELD,
                        Optional.empty(),
                        UNTIL.plusSeconds(60),
                        43,
                        at(43),
                        window(UNTIL.plusSeconds(60)),
                        "Text"));
    }

    @Test
    void aSuggestionThatCouldNotBeSentIsForgotten() {
        add(JournalEvent.INJECTED);
        add(dispatchFailed(false));

        assertThat(fold.suggestions()).isEmpty();
    }

    @Test
    void aSuggestionThatCouldNotBeSentAndIsOfferedAgainIsANewOne() {
        add(JournalEvent.INJECTED);
        add(dispatchFailed(false));
        add(JournalEvent.INJECTED);

        assertThat(only().firstSeq()).isEqualTo(43);
    }

    @Test
    void aSuggestionThatGaveItsSlotBackWaits() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.HELD);

        assertThat(only().state()).isEqualTo(State.HELD);
    }

    @Test
    void aSuggestionThatWasAcknowledgedDoesNotWaitWhateverComesLate() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.ACK_RECEIVED);
        add(JournalEvent.HELD);

        assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
    }

    @Test
    void aSuggestionThatMayHaveLeftStaysActive() {
        add(JournalEvent.INJECTED);
        add(dispatchFailed(true));

        assertThat(only().state()).isEqualTo(State.INJECTED);
    }

    @Test
    void aSuggestionThatWasAcknowledgedHasLeftWhateverItsSenderWasTold() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.ACK_RECEIVED);
        add(dispatchFailed(false));

        assertThat(only().state()).isEqualTo(State.ACKNOWLEDGED);
    }

    @Test
    void theEndOfAnEarlierWindowThatIsNoticedLateDoesNotEndTheSuggestion() {
        add(JournalEvent.INJECTED);
        add(step(JournalEvent.EXPIRED, SuggestionFold.WINDOW_ENDED, window(null), null));

        assertThat(only().state()).isEqualTo(State.INJECTED);
    }

    @Test
    void anExpiryAfterTheWindowEndsTheSuggestionThoughTheClockWasSetBackSince() {
        add(JournalEvent.INJECTED);
        add(new SuggestionStep(
                ++seq,
                UNTIL.plusMillis(1),
                JournalEvent.EXPIRED,
                "interaction-1",
                "s-1",
                SuggestionFold.WINDOW_ENDED,
                window(null),
                null));

        assertThat(only().end().map(OpenSuggestion.End::event)).contains(JournalEvent.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(names = {"IGNORED", "VALIDATION_FAILED", "WEBHOOK_FAILED"})
    void otherEventsChangeNothing(JournalEvent other) {
        add(JournalEvent.INJECTED);
        OpenSuggestion before = only();
        add(other);

        assertThat(only()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T08:00:00Z", "2026-11-22T08:00:00.000000001Z", "2026-11-22T08:00:00.5Z"})
    void aWindowIsOpenUpToItsLastInstant(String end) {
        add(step(JournalEvent.INJECTED, null, window(null).put("windowEnd", end), null));

        assertThat(only().until()).isEqualTo(Instant.parse(end));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T07:59:59.999999999Z", "soon", ""})
    void aWindowThatIsOverOrUnreadableIsNotOpen(String end) {
        add(step(JournalEvent.INJECTED, null, window(null).put("windowEnd", end), null));
        add(step(JournalEvent.INJECTED, null, window(null), null));

        assertThat(fold.suggestions()).isEmpty();
    }

    @Test
    void theSameIdInAnotherInteractionIsAnotherSuggestion() {
        add(JournalEvent.INJECTED);
        fold.add(new SuggestionStep(
                ++seq, at(seq), JournalEvent.ACCEPTED, "interaction-2", "s-1", null, window(null), null));

        assertThat(only().state()).isEqualTo(State.INJECTED);
    }

    @Test
    void neitherTextNorDetailsAreShown() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.ACCEPTED);

        assertThat(only())
                .hasToString("OpenSuggestion[interaction interaction-1, suggestion s-1, ENDED by accepted,"
                        + " until 2026-11-22T08:01:00Z, row 41]");
    }

    private OpenSuggestion only() {
        assertThat(fold.suggestions()).hasSize(1);
        return fold.suggestions().get(0);
    }

    private void add(JournalEvent event) {
        boolean offers = event == JournalEvent.HELD || event == JournalEvent.INJECTED;
        add(step(event, null, window(offers ? UNTIL : null), offers ? "Text of row " + (seq + 1) : null));
    }

    private void add(SuggestionStep step) {
        fold.add(step);
    }

    private SuggestionStep dispatchFailed(boolean mayHaveLeft) {
        ObjectNode details = window(null);
        if (mayHaveLeft) {
            details.put("mayHaveLeft", true);
        }
        return step(JournalEvent.DISPATCH_FAILED, "session_unavailable", details, null);
    }

    private SuggestionStep step(JournalEvent event, String reason, ObjectNode details, String text) {
        seq++;
        return new SuggestionStep(seq, at(seq), event, "interaction-1", "s-1", reason, details, text);
    }

    private static Instant at(long seq) {
        return NOW.minus(Duration.ofSeconds(100 - seq));
    }

    private static ObjectNode window(Instant end) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        return end == null ? details : details.put("windowEnd", end.toString());
    }

    @Test
    void anEndIsAsOldAsItsRow() {
        add(JournalEvent.INJECTED);
        add(JournalEvent.DISMISSED);

        assertThat(only().end()).contains(new OpenSuggestion.End(JournalEvent.DISMISSED, at(42), false));
    }

    @Test
    void anEndSaysWhetherTheSuggestionWaitedUntilThen() {
        add(JournalEvent.HELD);
        add(step(
                JournalEvent.EXPIRED,
                "interaction_ended",
                JsonNodeFactory.instance.objectNode().put("waited", true),
                null));

        assertThat(only().end().map(OpenSuggestion.End::waited)).contains(true);
    }
}
