package io.github.cxoneassist.suggestion;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * When a suggestion is relevant enough, and how its score follows what agents did with earlier ones.
 *
 * @param threshold the least score that may be shown, in [0, 1]
 * @param judgesAdjusted whether the threshold judges the adjusted score instead of the source's own. A source that agents
 *     keep refusing then falls silent, and one that they like may come in from below the threshold
 * @param raiseAbove the acceptance rate above which a score is raised
 * @param lowerBelow the acceptance rate below which a score is lowered
 * @param step by how much a score is raised or lowered; zero switches it off
 * @param leastDecisions how many decisions a history needs before it counts, 1 or more
 */
public record RelevanceRule(
        double threshold,
        boolean judgesAdjusted,
        double raiseAbove,
        double lowerBelow,
        double step,
        int leastDecisions) {

    /**
     * Five decisions: as many as an interaction has slots, so that a call can reach them at all, and the fewest of which a
     * source that agents take half of the time seldom raises its score by luck (5 of 5: 3 %).
     */
    public static final RelevanceRule DEFAULT = new RelevanceRule(0.70, false, 0.8, 0.3, 0.05, 5);

    public RelevanceRule {
        mustBeShare("threshold", threshold);
        mustBeShare("raiseAbove", raiseAbove);
        mustBeShare("lowerBelow", lowerBelow);
        mustBeShare("step", step);
        if (lowerBelow > raiseAbove) {
            throw new IllegalArgumentException(
                    "lowerBelow must not be above raiseAbove, but is " + lowerBelow + ", and that is " + raiseAbove);
        }
        if (leastDecisions < 1) {
            throw new IllegalArgumentException("leastDecisions must be 1 or more, but is " + leastDecisions);
        }
    }

    /**
     * The score that is ranked and sent. The interaction's own history counts; where that is too short, the source's;
     * where that is too short as well, the score stays as it is.
     *
     * @return in [0, 1]. Not below the threshold where that judged the raw score, so that a suggestion that passed is not
     *     sent with a score that would not have
     */
    public double adjust(double raw, Acceptance ofInteraction, Acceptance ofSource) {
        Acceptance history = ofInteraction.decisions() >= leastDecisions ? ofInteraction : ofSource;
        if (history.decisions() < leastDecisions) {
            return raw;
        }
        // 4 of 5 is not above 0.8: a division is rounded to the same number as the literal
        if (history.rate() > raiseAbove) {
            return Math.min(1, sum(raw, step));
        }
        if (history.rate() < lowerBelow) {
            return Math.max(floor(raw), sum(raw, -step));
        }
        return raw;
    }

    /** What is wrong with the score that this rule judges: the adjusted one or the raw one, as {@link #judgesAdjusted}. */
    public Optional<Violation> judge(double score) {
        return score >= threshold ? Optional.empty() : Optional.of(Violation.belowThreshold(score, threshold));
    }

    /** What the validator has to ask of the raw score: nothing, where the adjusted one is judged. */
    double rawThreshold() {
        return judgesAdjusted ? 0 : threshold;
    }

    /** A raw score that was below the threshold before is not lifted up to it. */
    private double floor(double raw) {
        return Math.min(raw, rawThreshold());
    }

    /** As people add decimals: 0.85 and 0.05 are 0.9, not 0.9000000000000001. */
    private static double sum(double score, double change) {
        return BigDecimal.valueOf(score).add(BigDecimal.valueOf(change)).doubleValue();
    }

    private static void mustBeShare(String name, double value) {
        // "not inside" and not "outside": a comparison with NaN is false either way
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1], but is " + value);
        }
    }
}
