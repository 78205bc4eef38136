package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.sandbox.ReceivedSuggestion.Outcome;
import io.github.cxoneassist.sandbox.SuggestionBook.Breach;
import io.github.cxoneassist.sandbox.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SuggestionBookTest {

    private static final Instant T = Instant.parse("2026-11-22T08:00:00Z");

    private final SuggestionBook book = new SuggestionBook(2, Duration.ofMillis(100), 1_000);

    private static SuggestionFrame frame(String interaction, String id, Instant end) {
        return new SuggestionFrame(interaction, id, "text", "HIGH", 0.9, T, end, T);
    }

    private List<Kind> receive(String id, int connection, Instant now) {
        return kinds(book.receive(frame("i", id, T.plusSeconds(60)), connection, now));
    }

    private static List<Kind> kinds(List<Breach> breaches) {
        return breaches.stream().map(Breach::kind).toList();
    }

    @Test
    void asManyAsAreAllowedAreNoBreachAndOneMoreIs() {
        assertThat(receive("a", 1, T)).isEmpty();
        assertThat(receive("b", 1, T)).isEmpty();
        assertThat(receive("c", 1, T)).containsExactly(Kind.TOO_MANY_ACTIVE);
        assertThat(book.mostActive()).isEqualTo(3);
    }

    @Test
    void interactionsAreCountedApart() {
        receive("a", 1, T);
        receive("b", 1, T);
        assertThat(book.receive(frame("other", "a", T.plusSeconds(60)), 1, T)).isEmpty();
        assertThat(book.sends("a")).isEqualTo(2);
        assertThat(book.sends("other", "a")).isEqualTo(1);
    }

    @Test
    void anOutcomeFreesThePlaceAndTheFirstOneStays() {
        receive("a", 1, T);
        receive("b", 1, T);
        book.ended("i", "a", Outcome.ACCEPTED);
        book.ended("i", "a", Outcome.DISMISSED);
        assertThat(receive("c", 1, T)).isEmpty();
        assertThat(book.find("i", "a").orElseThrow().outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(book.mostActive()).isEqualTo(2);
    }

    @Test
    void theEndOfTheWindowFreesThePlaceButItsLastInstantDoesNot() {
        var end = T.plusSeconds(60);
        receive("a", 1, T);
        receive("b", 1, T);
        assertThat(book.active("i", end)).isEqualTo(2);
        assertThat(book.active("i", end.plusMillis(1))).isZero();
    }

    @Test
    void anAcknowledgementFreesNothing() {
        receive("a", 1, T);
        book.acknowledged("i", "a");
        assertThat(book.active("i", T)).isEqualTo(1);
    }

    @Test
    void anIdThatComesAgainOnANewConnectionWithoutAnAnswerIsNoBreach() {
        receive("a", 1, T);
        assertThat(receive("a", 2, T)).isEmpty();
        assertThat(book.sends("i", "a")).isEqualTo(2);
        assertThat(book.active("i", T)).isEqualTo(1);
        assertThat(book.received()).isEqualTo(2);
    }

    @Test
    void anIdThatComesAgainOnTheSameConnectionIsABreach() {
        receive("a", 1, T);
        assertThat(receive("a", 1, T)).containsExactly(Kind.SENT_TWICE_ON_ONE_CONNECTION);
    }

    @Test
    void anIdThatComesAgainAfterItsAcknowledgementIsABreach() {
        receive("a", 1, T);
        book.acknowledged("i", "a");
        assertThat(receive("a", 2, T)).containsExactly(Kind.SENT_AGAIN_AFTER_ANSWER);
    }

    @Test
    void anIdThatComesAgainAfterItsOutcomeIsABreachAndStaysEnded() {
        receive("a", 1, T);
        book.ended("i", "a", Outcome.DISMISSED);
        assertThat(receive("a", 2, T)).containsExactly(Kind.SENT_AGAIN_AFTER_ANSWER);
        assertThat(book.active("i", T)).isZero();
    }

    @Test
    void beforeItsStartAndLongerAfterItsEndThanTheTransitIsOutside() {
        var end = T.plusSeconds(60);
        assertThat(receive("early", 1, T.minusMillis(1))).containsExactly(Kind.OUTSIDE_ITS_WINDOW);
        assertThat(receive("in transit", 1, end.plusMillis(100))).isEmpty();
        assertThat(receive("late", 1, end.plusMillis(101))).containsExactly(Kind.OUTSIDE_ITS_WINDOW);
    }

    @Test
    void theSenderIsHeldToTheWindowWithoutTransit() {
        var end = T.plusSeconds(60);
        var late = new SuggestionFrame("i", "a", "text", "HIGH", 0.9, T, end, end.plusMillis(1));
        var early = new SuggestionFrame("i", "b", "text", "HIGH", 0.9, T, end, T.minusMillis(1));
        assertThat(kinds(book.receive(late, 1, end))).containsExactly(Kind.OUTSIDE_ITS_WINDOW);
        assertThat(kinds(book.receive(early, 1, T))).containsExactly(Kind.OUTSIDE_ITS_WINDOW);
    }

    @Test
    void onlyWhatIsPastItsWindowIsForgotten() {
        var small = new SuggestionBook(2, Duration.ZERO, 3);
        for (int n = 0; n < 10; n++) {
            small.receive(frame("i" + n, "s", T.plusSeconds(60)), 1, T);
        }
        assertThat(small.list()).hasSize(10);
        small.receive(frame("last", "s", T.plusSeconds(120)), 1, T.plusSeconds(61));
        assertThat(small.list()).hasSize(3);
        assertThat(small.find("last", "s")).isPresent();
        assertThat(small.received()).isEqualTo(11);
    }

    /** A step is a number: below 200 it sends, else it accepts; its parts are the id and the length of the window. */
    @Property
    void theActiveOnesAreThoseThatAPlainModelCounts(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 399) Integer> steps) {
        var book = new SuggestionBook(3, Duration.ZERO, 1_000);
        var known = new HashSet<Integer>();
        var open = new HashMap<Integer, Instant>();
        var now = T;
        var most = 0;
        for (int step : steps) {
            now = now.plusSeconds(1);
            var at = now;
            var id = step / 20 % 10;
            if (step >= 200) {
                book.ended("i", "s" + id, Outcome.ACCEPTED);
                open.remove(id);
            } else {
                var end = now.plusSeconds(step % 20);
                book.receive(frame("i", "s" + id, end), 1, now);
                open.values().removeIf(e -> at.isAfter(e));
                if (known.add(id)) {
                    open.put(id, end);
                    most = Math.max(most, open.size());
                }
            }
            open.values().removeIf(e -> at.isAfter(e));
            assertThat(book.active("i", now)).isEqualTo(open.size());
        }
        assertThat(book.mostActive()).isEqualTo(most);
        assertThat(book.list()).hasSameSizeAs(known);
    }
}
