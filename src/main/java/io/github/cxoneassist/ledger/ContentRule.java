package io.github.cxoneassist.ledger;

import java.time.Duration;
import java.util.Objects;

/**
 * What a claim's content is judged by, besides its id. Kept with the claim: a dismissal cools down for as long as the
 * rule of the dismissed one says.
 *
 * @param digest stands for the content; null where neither rule is on
 * @param unique whether the same content under another id is a duplicate
 * @param coolDown how long after a dismissal the same content is refused; zero where this rule is off, {@link #LONGEST_COOL_DOWN}
 *     at most
 */
public record ContentRule(String digest, boolean unique, Duration coolDown) {

    /** Until then, memory is held. */
    public static final Duration LONGEST_COOL_DOWN = Duration.ofDays(30);

    /** Content is not looked at. */
    public static final ContentRule OFF = new ContentRule(null, false, Duration.ZERO);

    public ContentRule {
        Objects.requireNonNull(coolDown, "coolDown");
        if (coolDown.isNegative() || coolDown.compareTo(LONGEST_COOL_DOWN) > 0) {
            throw new IllegalArgumentException(
                    "coolDown must be between zero and " + LONGEST_COOL_DOWN + ", but is " + coolDown);
        }
        if (digest == null && (unique || !coolDown.isZero())) {
            throw new IllegalArgumentException("a rule about content needs the content's digest");
        }
    }

    boolean coolsDown() {
        return !coolDown.isZero();
    }
}
