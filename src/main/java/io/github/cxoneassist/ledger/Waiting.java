package io.github.cxoneassist.ledger;

import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * A suggestion that waits for a slot.
 *
 * @param score by which it is ranked, and which is sent: the source's own, adjusted by what agents accepted
 * @param since when it began to wait. One that waits again, because it could not be sent, keeps it
 * @param session the name of the session that is to send it
 * @param content the rule that its content was judged by when it was claimed
 * @param config the digest of the rules that it was judged by, for the audit log; null where none is known
 */
public record Waiting(
        Suggestion suggestion, double score, Instant since, String session, ContentRule content, String config) {

    /** The best first: by priority, then score, then age; by id last, so that equal ones have an order too. */
    public static final Comparator<Waiting> BEST_FIRST = Comparator.comparing(
                    (Waiting waiting) -> waiting.suggestion().priority())
            .thenComparing(Comparator.comparingDouble(Waiting::score).reversed())
            .thenComparing(Waiting::since)
            .thenComparing(waiting -> waiting.suggestion().id());

    public Waiting {
        Objects.requireNonNull(suggestion, "suggestion");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(content, "content");
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("score must be a finite number, but is " + score);
        }
    }

    /** One whose content is not looked at. */
    public Waiting(Suggestion suggestion, double score, Instant since, String session) {
        this(suggestion, score, since, session, ContentRule.OFF, null);
    }

    public SuggestionKey key() {
        return SuggestionKey.of(suggestion);
    }

    boolean openAt(Instant now) {
        return !now.isAfter(suggestion.contextWindow().end());
    }
}
