package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionFrameTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00.000Z");
    private static final Instant END = Instant.parse("2026-11-22T08:05:00.000Z");
    private static final Instant INJECTED = Instant.parse("2026-11-22T08:00:01.123Z");

    private static Map<String, Object> good() {
        return Frames.suggestion("s", START, END, INJECTED);
    }

    private static List<String> errorsOf(Map<String, ?> frame) {
        return errorsOf(StrictJson.write(frame));
    }

    private static List<String> errorsOf(String frame) {
        return SuggestionFrame.read(StrictJson.object(frame).orElseThrow()).errors();
    }

    private static List<String> errorsWith(String field, Object value) {
        var suggestion = good();
        suggestion.put(field, value);
        return errorsOf(Frames.frame("i", suggestion));
    }

    @Test
    void aFrameThatIsAsTheContractSaysIsReadFieldByField() {
        var reading = SuggestionFrame.read(
                StrictJson.object(StrictJson.write(Frames.frame("i", good()))).orElseThrow());
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.suggestion())
                .contains(new SuggestionFrame(
                        "i",
                        "s",
                        "Verify return policy eligibility before processing the refund",
                        "HIGH",
                        0.85,
                        START,
                        END,
                        INJECTED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "content", "priority", "relevanceScore", "injectedAt"})
    void aMissingFieldIsAnErrorOfItsOwn(String field) {
        var suggestion = good();
        suggestion.remove(field);
        assertThat(errorsOf(Frames.frame("i", suggestion)))
                .singleElement()
                .asString()
                .startsWith(field);
    }

    @Test
    void aMissingWindowIsAnErrorForEachEnd() {
        var suggestion = good();
        suggestion.remove("contextWindow");
        assertThat(errorsOf(Frames.frame("i", suggestion))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "content", "priority"})
    void aTextThatIsBlankOrNoTextIsAnError(String field) {
        assertThat(errorsWith(field, " ")).hasSize(1);
        assertThat(errorsWith(field, 5)).hasSize(1);
        assertThat(errorsWith(field, null)).hasSize(1);
    }

    @Test
    void aMissingOrBlankInteractionIsAnError() {
        assertThat(errorsOf(Frames.frame("", good()))).hasSize(1);
        assertThat(errorsOf(Frames.frame(null, good()))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"high", "BANANA", "HIGH "})
    void anUnknownPriorityIsAnError(String priority) {
        assertThat(errorsWith("priority", priority)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.0001", "1.0000001", "1e400", "\"0.9\"", "true", "null", "[0.9]", "{}"})
    void aScoreThatIsNoNumberFromZeroToOneIsAnError(String score) {
        var frame = StrictJson.write(Frames.frame("i", good())).replace("0.85", score);
        assertThat(errorsOf(frame)).containsExactly("relevanceScore is not a number from 0 to 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 1.0})
    void bothEndsOfTheScoreAreGood(double score) {
        assertThat(errorsWith("relevanceScore", score)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22",
                "2026-11-22T08:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T08:00:60Z",
                "2026-11-22t08:00:00z",
                "2026-11-22T08:00:00+01:00",
                "2026-02-30T08:00:00Z",
                "+12026-11-22T08:00:00Z",
                "garbage"
            })
    void whatIsNoInstantIsAnError(String text) {
        assertThat(errorsWith("injectedAt", text)).hasSize(1);
        assertThat(errorsWith("injectedAt", 1_764_000_000L)).hasSize(1);
    }

    @Test
    void aStartAfterTheEndIsAnErrorAndAnEqualOneIsNot() {
        assertThat(errorsOf(Frames.frame("i", Frames.suggestion("s", END, START, INJECTED))))
                .containsExactly("start is after end");
        assertThat(errorsOf(Frames.frame("i", Frames.suggestion("s", START, START, START))))
                .isEmpty();
    }

    @Test
    void aFieldOfTheFrameThatNobodyKnowsIsAnErrorAndOneOfTheSuggestionIsNot() {
        var frame = new HashMap<>(Frames.frame("i", good()));
        frame.put("source", "crm");
        assertThat(errorsOf(frame)).containsExactly("source is not a field of the frame");
        assertThat(errorsWith("source", "crm")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "\"text\"", "[]"})
    void aSuggestionThatIsNoObjectIsAnError(String value) {
        assertThat(errorsOf("{\"type\":\"agentassist.suggest\",\"interactionId\":\"i\",\"suggestion\":" + value + "}"))
                .contains("suggestion is not an object");
    }

    @Test
    void theContentIsNotInItsText() {
        var suggestion = SuggestionFrame.read(StrictJson.object(StrictJson.write(Frames.frame("i", good())))
                        .orElseThrow())
                .suggestion()
                .orElseThrow();
        assertThat(suggestion.toString()).contains("i/s").doesNotContain("refund");
    }
}
