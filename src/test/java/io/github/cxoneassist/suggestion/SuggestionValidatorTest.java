package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows, scores, and how a refusal says what is wrong. */
class SuggestionValidatorTest extends SuggestionValidatorTestBase {

    @Test
    void aSuggestionThatKeepsAllRulesIsValid() {
        assertThat(validate()).isEqualTo(new Validation.Valid(Samples.good()));
    }

    @Test
    void unknownFieldsAreIgnored() {
        json.put("colour", "red").putObject("contextWindow2");
        assertThat(valid()).isEqualTo(Samples.good());
    }

    @Test
    void anOffsetIsNormalisedToUtc() {
        window("2026-11-22T10:00:00+02:00", "2026-11-22T03:05:00-05:00");
        assertThat(valid().contextWindow()).isEqualTo(Samples.good().contextWindow());
    }

    @Test
    void theWindowIncludesItsStart() {
        window("2026-11-22T08:01:00Z", "2026-11-22T08:05:00Z");
        assertThat(validate()).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void theWindowIncludesItsEnd() {
        window("2026-11-22T08:00:00Z", "2026-11-22T08:01:00Z");
        assertThat(validate()).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void oneNanosecondBeforeTheStartIsOutside() {
        window("2026-11-22T08:01:00.000000001Z", "2026-11-22T08:05:00Z");
        assertOnly("contextWindow", Code.OUTSIDE_CONTEXT_WINDOW);
    }

    @Test
    void oneNanosecondAfterTheEndIsOutside() {
        window("2026-11-22T08:00:00Z", "2026-11-22T08:00:59.999999999Z");
        assertOnly("contextWindow", Code.OUTSIDE_CONTEXT_WINDOW);
    }

    @Test
    void theMessageTellsOnWhichSideOfTheWindowNowLies() {
        window("2026-11-22T07:00:00Z", "2026-11-22T08:00:00Z");
        assertThat(invalid().violations())
                .extracting(Violation::message)
                .containsExactly("ended at 2026-11-22T08:00:00Z, and it is 2026-11-22T08:01:00Z");
        window("2026-11-22T08:02:00Z", "2026-11-22T08:03:00Z");
        assertThat(invalid().violations())
                .extracting(Violation::message)
                .containsExactly("starts only at 2026-11-22T08:02:00Z, and it is 2026-11-22T08:01:00Z");
    }

    @Test
    void aWindowAsLongAsAllowedIsValid() {
        window("2026-11-22T00:00:00Z", "2026-11-23T00:00:00Z");
        assertThat(validate()).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void aWindowLongerThanAllowedIsRefused() {
        window("2026-11-22T00:00:00Z", "2026-11-23T00:00:00.001Z");
        assertOnly("contextWindow", Code.WINDOW_TOO_LONG);
    }

    @Test
    void aWindowThatEndsBeforeItStartsIsNotAlsoCalledOutside() {
        window("2026-11-22T08:05:00Z", "2026-11-22T08:00:00Z");
        assertOnly("contextWindow", Code.START_AFTER_END);
    }

    @Test
    void aScoreAtTheThresholdIsValid() {
        json.put("relevanceScore", 0.70);
        assertThat(valid().relevanceScore()).isEqualTo(0.70);
    }

    @Test
    void aScoreBelowTheThresholdIsRefused() {
        json.put("relevanceScore", 0.6999);
        assertOnly("relevanceScore", Code.BELOW_THRESHOLD);
    }

    @Test
    void theIntegerOneIsAScore() {
        json.put("relevanceScore", 1);
        assertThat(valid().relevanceScore()).isEqualTo(1.0);
    }

    @Test
    void aDecimalBeyondDoubleIsNotFinite() {
        json.set("relevanceScore", DecimalNode.valueOf(new BigDecimal("1e400")));
        assertOnly("relevanceScore", Code.NOT_FINITE);
    }

    @Test
    void allViolationsAreNamedAtOnceInTheOrderOfTheFields() {
        JsonNode empty = JsonNodeFactory.instance.objectNode();
        assertThat(((Validation.Invalid) validator.validate(empty, Samples.NOW)).violations())
                .extracting(Violation::field, Violation::code)
                .containsExactly(
                        tuple("interactionId", Code.MISSING),
                        tuple("id", Code.MISSING),
                        tuple("content", Code.MISSING),
                        tuple("priority", Code.MISSING),
                        tuple("relevanceScore", Code.MISSING),
                        tuple("contextWindow", Code.MISSING));
    }

    @Test
    void rulesAreJudgedEvenWhereAFieldIsMissing() {
        json.put("relevanceScore", 0.1).remove("id");
        assertThat(codes()).containsExactly(tuple("id", Code.MISSING), tuple("relevanceScore", Code.BELOW_THRESHOLD));
        assertThat(invalid().reason()).isEqualTo("invalid");
    }

    @Test
    void theReasonIsTheThresholdWhereOnlyTheScoreIsTooLow() {
        json.put("relevanceScore", 0.1);
        assertThat(invalid().reason()).isEqualTo("below_threshold");
    }

    @Test
    void theReasonIsTheWindowWhereBothRulesAreBroken() {
        json.put("relevanceScore", 0.1);
        window("2026-11-22T07:00:00Z", "2026-11-22T08:00:00Z");
        assertThat(codes())
                .containsExactly(
                        tuple("relevanceScore", Code.BELOW_THRESHOLD),
                        tuple("contextWindow", Code.OUTSIDE_CONTEXT_WINDOW));
        assertThat(invalid().reason()).isEqualTo("outside_context_window");
    }

    @Test
    void aRefusalKeepsTheIdsThatAreClean() {
        json.put("priority", "BANANA");
        assertThat(invalid())
                .extracting(Validation.Invalid::interactionId, Validation.Invalid::suggestionId)
                .containsExactly("INTERACTION_12345", "s-1");
    }

    @Test
    void aRefusalKeepsNoIdThatIsNotClean() {
        json.put("interactionId", "x".repeat(5_000_000)).put("id", "a\u0000");
        assertThat(invalid())
                .extracting(Validation.Invalid::interactionId, Validation.Invalid::suggestionId)
                .containsExactly(null, null);
    }

    @Test
    void whatIsNotAnObjectIsMalformed() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode().add(json);
        for (JsonNode node : new JsonNode[] {
            null, NullNode.instance, MissingNode.getInstance(), array, TextNode.valueOf("{}"), DecimalNode.ZERO
        }) {
            assertThat(validator.validate(node, Samples.NOW))
                    .isEqualTo(new Validation.Invalid(
                            null,
                            null,
                            "malformed",
                            List.of(new Violation("", Code.MALFORMED, "must be a JSON object"))));
        }
    }

    @Test
    void aTreeOfAbsurdDepthIsRefusedWithoutWalkingIt() {
        JsonNode deep = json;
        for (int i = 0; i < 200_000; i++) {
            deep = JsonNodeFactory.instance.objectNode().set("contextWindow", deep);
        }
        ObjectNode flat = Samples.goodJson();
        flat.set("contextWindow", deep);
        flat.set("extra", deep);
        assertThat(((Validation.Invalid) validator.validate(flat, Samples.NOW)).violations())
                .extracting(Violation::field, Violation::code)
                .containsExactly(tuple("contextWindow.start", Code.MISSING), tuple("contextWindow.end", Code.MISSING));
    }

    @Test
    void thePolicyDecidesTheNumbers() {
        SuggestionValidator strict = new SuggestionValidator(new SuggestionPolicy(0.9, Duration.ofMinutes(4), 10));
        assertThat(((Validation.Invalid) strict.validate(json, Samples.NOW)).violations())
                .extracting(Violation::field, Violation::code)
                .containsExactly(
                        tuple("content", Code.TOO_LONG),
                        tuple("relevanceScore", Code.BELOW_THRESHOLD),
                        tuple("contextWindow", Code.WINDOW_TOO_LONG));
    }

    @Test
    void aMomentFarFromAllWindowsIsNoProblem() {
        assertThat(validator.validate(json, Instant.MAX)).isInstanceOf(Validation.Invalid.class);
        assertThat(validator.validate(json, Instant.MIN)).isInstanceOf(Validation.Invalid.class);
    }
}
