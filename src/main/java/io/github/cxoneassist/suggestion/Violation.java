package io.github.cxoneassist.suggestion;

/**
 * One thing that is wrong with an input.
 *
 * @param field a path such as {@code contextWindow.start}; empty for the input as a whole
 * @param message for the person who wires the source: what is wrong and what is expected. It never repeats the text
 *     that was given, so it can be logged
 */
public record Violation(String field, Code code, String message) {

    static Violation belowThreshold(double score, double threshold) {
        return new Violation(
                Field.RELEVANCE_SCORE, Code.BELOW_THRESHOLD, "is " + score + ", below the threshold of " + threshold);
    }
}
