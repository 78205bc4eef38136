package io.github.cxoneassist.ledger;

import io.github.cxoneassist.suggestion.Priority;

/**
 * Who suggested something, and how it was rated: nothing that the ledger looks at, kept for whoever asks when it ends.
 *
 * @param source null where nobody said
 * @param priority null where it is not known
 * @param rawScore the source's own; null where it is not known
 * @param adjustedScore the one that is sent; null where it is not known
 */
public record Origin(String source, Priority priority, Double rawScore, Double adjustedScore) {

    public static final Origin UNKNOWN = new Origin(null, null, null, null);

    /** One of which nothing but the source is known. */
    public static Origin of(String source) {
        return new Origin(source, null, null, null);
    }
}
