package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {

    private static final Instant EIGHT = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void itsJsonIsTheFlatForm() {
        assertThat(Samples.good().toJson()).hasToString("""
                {"interactionId":"INTERACTION_12345","id":"s-1",\
                "content":"Verify return policy eligibility before processing the refund","priority":"HIGH",\
                "relevanceScore":0.85,\
                "contextWindow":{"start":"2026-11-22T08:00:00.000Z","end":"2026-11-22T08:05:00.000Z"},\
                "source":"kb"}""");
    }

    @Test
    void aSourceThatIsNullIsLeftOut() {
        Suggestion noSource = new Suggestion("i", "s", "c", Priority.LOW, 1, new ContextWindow(EIGHT, EIGHT), null);
        assertThat(noSource.toJson().has("source")).isFalse();
    }

    @Test
    void itsTextNeverShowsWhereItIsLogged() {
        assertThat(List.of(
                                Samples.good(),
                                new Validation.Valid(Samples.good()),
                                new SuggestionReader.Parsed(Samples.goodJson(), 1))
                        .toString())
                .contains("s-1")
                .doesNotContain("Verify");
    }

    @Test
    void itCannotBeMadeWithoutAnId() {
        assertThatNullPointerException()
                .isThrownBy(
                        () -> new Suggestion("i", null, "c", Priority.LOW, 1, new ContextWindow(EIGHT, EIGHT), null))
                .withMessage("id");
    }

    @Test
    void prioritiesAreDeclaredBestFirst() {
        assertThat(Priority.values()).containsExactly(Priority.CRITICAL, Priority.HIGH, Priority.MEDIUM, Priority.LOW);
    }

    @Test
    void aWindowMayBeASingleMoment() {
        ContextWindow moment = new ContextWindow(EIGHT, EIGHT);
        assertThat(moment.contains(EIGHT)).isTrue();
        assertThat(moment.contains(EIGHT.plusNanos(1))).isFalse();
        assertThat(moment.length()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aWindowMayNotStartAfterItsEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContextWindow(EIGHT.plusNanos(1), EIGHT))
                .withMessage("The window starts at 2026-11-22T08:00:00.000000001Z, after its end at"
                        + " 2026-11-22T08:00:00Z");
    }

    @Test
    void theDefaultPolicyIsThatOfTheContract() {
        assertThat(SuggestionPolicy.DEFAULT).isEqualTo(new SuggestionPolicy(0.70, Duration.ofHours(24), 4096));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aPolicyRefusesAThresholdOutsideOfZeroToOne(double threshold) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestionPolicy(threshold, Duration.ofHours(1), 1))
                .withMessage("relevanceThreshold must be in [0, 1], but is " + threshold);
    }

    @Test
    void aPolicyRefusesAWindowOfNoLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestionPolicy(0.7, Duration.ZERO, 1))
                .withMessage("maxWindow must be longer than zero, but is PT0S");
    }

    @Test
    void aPolicyRefusesContentOfNoLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SuggestionPolicy(0.7, Duration.ofHours(1), 0))
                .withMessage("maxContentLength must be at least 1, but is 0");
    }

    @Test
    void theWireNamesOfTheCodesAreStable() {
        assertThat(Code.values())
                .extracting(Code::wireName)
                .containsExactly(
                        "missing",
                        "wrong_type",
                        "blank",
                        "too_long",
                        "unsafe_characters",
                        "markup",
                        "not_finite",
                        "out_of_range",
                        "unknown_priority",
                        "not_an_instant",
                        "start_after_end",
                        "window_too_long",
                        "outside_context_window",
                        "below_threshold",
                        "malformed",
                        "too_large",
                        "too_deep");
    }
}
