package io.github.cxoneassist.suggestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelevanceRuleTest {

    private static final Acceptance LIKED = new Acceptance(9, 1);
    private static final Acceptance REFUSED = new Acceptance(1, 9);

    private final RelevanceRule rule = RelevanceRule.DEFAULT;
    private final RelevanceRule judgingAdjusted = new RelevanceRule(0.70, true, 0.8, 0.3, 0.05, 5);

    @Test
    void theDefaultsAreTheContracts() {
        assertThat(rule).isEqualTo(new RelevanceRule(0.70, false, 0.8, 0.3, 0.05, 5));
    }

    @ParameterizedTest
    @CsvSource({"0.85, 0.9", "0.7, 0.75", "0.8, 0.85", "0.9, 0.95", "0.95, 1.0", "0.97, 1.0", "1.0, 1.0", "0.123, 0.173"
    })
    void whatAgentsAcceptIsRaisedToOneAtMost(double raw, double adjusted) {
        assertThat(rule.adjust(raw, LIKED, Acceptance.NONE)).isEqualTo(adjusted);
    }

    @ParameterizedTest
    @CsvSource({"0.85, 0.8", "0.9, 0.85", "1.0, 0.95", "0.75, 0.7", "0.74, 0.7", "0.7, 0.7"})
    void whatAgentsRefuseIsLoweredToTheThresholdAtMost(double raw, double adjusted) {
        assertThat(rule.adjust(raw, REFUSED, Acceptance.NONE)).isEqualTo(adjusted);
    }

    @Test
    void aScoreBelowTheThresholdIsNotLiftedUpToIt() {
        assertThat(rule.adjust(0.4, REFUSED, Acceptance.NONE)).isEqualTo(0.4);
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "8, 2", "3, 7", "5, 5", "4, 6", "800000, 200000"})
    void aRateOnOrBetweenTheMarksChangesNothing(long accepted, long dismissed) {
        assertThat(rule.adjust(0.85, new Acceptance(accepted, dismissed), Acceptance.NONE))
                .isEqualTo(0.85);
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 0.9", "81, 19, 0.9", "29, 71, 0.8", "1, 4, 0.8", "0, 5, 0.8"})
    void aRateBeyondAMarkMovesTheScore(long accepted, long dismissed, double adjusted) {
        assertThat(rule.adjust(0.85, new Acceptance(accepted, dismissed), Acceptance.NONE))
                .isEqualTo(adjusted);
    }

    @Test
    void theInteractionsOwnHistoryGoesBeforeTheSources() {
        assertThat(rule.adjust(0.85, REFUSED, LIKED)).isEqualTo(0.8);
        assertThat(rule.adjust(0.85, new Acceptance(3, 3), LIKED)).isEqualTo(0.85);
    }

    @Test
    void theSourcesHistoryCountsWhereTheInteractionsIsTooShort() {
        assertThat(rule.adjust(0.85, new Acceptance(4, 0), REFUSED)).isEqualTo(0.8);
    }

    @Test
    void theScoreStaysWhereBothHistoriesAreTooShort() {
        assertThat(rule.adjust(0.85, new Acceptance(4, 0), new Acceptance(0, 4)))
                .isEqualTo(0.85);
    }

    @Test
    void whereTheAdjustedScoreIsJudgedASourceMayFallSilent() {
        double adjusted = judgingAdjusted.adjust(0.72, Acceptance.NONE, REFUSED);

        assertThat(adjusted).isEqualTo(0.67);
        assertThat(judgingAdjusted.judge(adjusted))
                .contains(new Violation("relevanceScore", Code.BELOW_THRESHOLD, "is 0.67, below the threshold of 0.7"));
    }

    @Test
    void whereTheAdjustedScoreIsJudgedOneBelowTheThresholdMayComeIn() {
        double adjusted = judgingAdjusted.adjust(0.66, LIKED, Acceptance.NONE);

        assertThat(adjusted).isEqualTo(0.71);
        assertThat(judgingAdjusted.judge(adjusted)).isEmpty();
    }

    @Test
    void noScoreIsLoweredBelowZero() {
        assertThat(judgingAdjusted.adjust(0.03, REFUSED, Acceptance.NONE)).isEqualTo(0.0);
    }

    @Test
    void aScoreOnTheThresholdIsRelevantEnough() {
        assertThat(rule.judge(0.7)).isEmpty();
        assertThat(rule.judge(Math.nextDown(0.7))).isPresent();
        assertThat(rule.judge(Double.NaN)).isPresent();
    }

    @Test
    void theRuleSaysOfAScoreWhatTheValidatorSaysOfIt() {
        SuggestionValidator validator = new SuggestionValidator(SuggestionPolicy.DEFAULT.withThresholdOf(rule));

        Validation verdict = validator.validate(Samples.goodJson().put("relevanceScore", 0.69), Samples.NOW);

        assertThat(((Validation.Invalid) verdict).violations())
                .containsExactly(rule.judge(0.69).orElseThrow());
    }

    @Test
    void theValidatorAsksNothingOfTheScoreWhereTheAdjustedOneIsJudged() {
        SuggestionPolicy policy = SuggestionPolicy.DEFAULT.withThresholdOf(judgingAdjusted);

        assertThat(policy)
                .isEqualTo(new SuggestionPolicy(
                        0, SuggestionPolicy.DEFAULT.maxWindow(), SuggestionPolicy.DEFAULT.maxContentLength()));
        assertThat(new SuggestionValidator(policy).validate(Samples.goodJson().put("relevanceScore", 0.0), Samples.NOW))
                .isInstanceOf(Validation.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void aNumberThatIsNoShareIsRefusedByName(double wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelevanceRule(wrong, false, 0.8, 0.3, 0.05, 5))
                .withMessage("threshold must be in [0, 1], but is " + wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelevanceRule(0.7, false, wrong, 0.3, 0.05, 5))
                .withMessage("raiseAbove must be in [0, 1], but is " + wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelevanceRule(0.7, false, 0.8, wrong, 0.05, 5))
                .withMessage("lowerBelow must be in [0, 1], but is " + wrong);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelevanceRule(0.7, false, 0.8, 0.3, wrong, 5))
                .withMessage("step must be in [0, 1], but is " + wrong);
    }

    @Test
    void marksThatCrossAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelevanceRule(0.7, false, 0.3, 0.8, 0.05, 5))
                .withMessage("lowerBelow must not be above raiseAbove, but is 0.8, and that is 0.3");
    }

    @Test
    void aHistoryWithoutDecisionsCannotBeEnough() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelevanceRule(0.7, false, 0.8, 0.3, 0.05, 0))
                .withMessage("leastDecisions must be 1 or more, but is 0");
    }

    @Test
    void decisionsCannotBeFewerThanNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Acceptance(-1, 0))
                .withMessage("decisions cannot be fewer than none, but are -1 and 0");
    }

    @Property
    void aScoreOfTwoDecimalsStaysOne(
            @ForAll @IntRange(min = 0, max = 100) int percent, @ForAll("histories") Acceptance history) {
        double adjusted = rule.adjust(percent / 100.0, history, Acceptance.NONE);

        assertThat(BigDecimal.valueOf(adjusted).stripTrailingZeros().scale()).isLessThanOrEqualTo(2);
    }

    @Property
    void anAdjustedScoreIsAScoreAndStillPassesWhatItPassed(
            @ForAll("scores") double raw,
            @ForAll("rules") RelevanceRule any,
            @ForAll("histories") Acceptance interaction,
            @ForAll("histories") Acceptance source) {
        double adjusted = any.adjust(raw, interaction, source);

        assertThat(adjusted).isBetween(0.0, 1.0);
        assertThat(Math.abs(adjusted - raw)).isLessThanOrEqualTo(any.step() + 1e-12);
        if (!any.judgesAdjusted() && any.judge(raw).isEmpty()) {
            assertThat(any.judge(adjusted)).isEqualTo(Optional.empty());
        }
    }

    @Provide
    Arbitrary<Double> scores() {
        return Arbitraries.doubles().between(0, 1).ofScale(17);
    }

    @Provide
    Arbitrary<Acceptance> histories() {
        Arbitrary<Long> counts = Arbitraries.longs().between(0, 20);
        return Combinators.combine(counts, counts).as(Acceptance::new);
    }

    @Provide
    Arbitrary<RelevanceRule> rules() {
        Arbitrary<Double> shares = Arbitraries.doubles().between(0, 1);
        return Combinators.combine(
                        shares,
                        Arbitraries.of(true, false),
                        shares,
                        shares,
                        Arbitraries.integers().between(1, 10))
                .as((threshold, judgesAdjusted, mark, step, least) -> new RelevanceRule(
                        threshold, judgesAdjusted, Math.max(mark, 0.5), Math.min(mark, 0.5), step, least));
    }
}
