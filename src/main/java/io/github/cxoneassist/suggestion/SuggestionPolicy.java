package io.github.cxoneassist.suggestion;

import java.time.Duration;

/**
 * The numbers of the rules.
 *
 * @param relevanceThreshold the least score of the source's own that may be shown, in [0, 1]; 0 asks nothing of it
 * @param maxWindow the longest context window; longer ones are refused, since state lives as long as its window
 * @param maxContentLength in Unicode characters (code points)
 */
public record SuggestionPolicy(double relevanceThreshold, Duration maxWindow, int maxContentLength) {

    public static final SuggestionPolicy DEFAULT = new SuggestionPolicy(0.70, Duration.ofHours(24), 4096);

    public SuggestionPolicy {
        // "not inside" and not "outside": a comparison with NaN is false either way
        if (!(relevanceThreshold >= 0 && relevanceThreshold <= 1)) {
            throw new IllegalArgumentException("relevanceThreshold must be in [0, 1], but is " + relevanceThreshold);
        }
        if (maxWindow.isNegative() || maxWindow.isZero()) {
            throw new IllegalArgumentException("maxWindow must be longer than zero, but is " + maxWindow);
        }
        if (maxContentLength < 1) {
            throw new IllegalArgumentException("maxContentLength must be at least 1, but is " + maxContentLength);
        }
    }

    /** With the threshold of this rule; with none, which is 0, where the rule itself judges the score it has adjusted. */
    public SuggestionPolicy withThresholdOf(RelevanceRule rule) {
        return new SuggestionPolicy(rule.rawThreshold(), maxWindow, maxContentLength);
    }
}
