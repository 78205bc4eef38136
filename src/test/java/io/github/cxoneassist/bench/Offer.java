package io.github.cxoneassist.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The suggestion of a number. So many interactions are under way at once, and each gets as many suggestions as the next.
 *
 * @param number 0, 1, 2…
 */
record Offer(int number, String interactionId, Instant start, Instant end) {

    static final int EACH = 4;
    static final int INTERACTIONS_AT_ONCE = 500;

    private static final String ID_PREFIX = "s-";
    private static final String CONTENT =
            "The customer's contract was renewed in March. Offer the 12 month plan with the"
                    + " loyalty discount before the retention desk is asked; terms are in article 4711 of the handbook. ";

    static Offer of(int number, Instant now, Duration window) {
        int wave = number / (EACH * INTERACTIONS_AT_ONCE);
        int interaction = wave * INTERACTIONS_AT_ONCE + number % INTERACTIONS_AT_ONCE;
        Instant start = now.truncatedTo(ChronoUnit.MILLIS);
        return new Offer(number, "call-" + interaction, start, start.plus(window));
    }

    static int numberOf(String suggestionId) {
        return Integer.parseInt(suggestionId.substring(ID_PREFIX.length()));
    }

    String id() {
        return ID_PREFIX + number;
    }

    /** No two alike, and about as long as what a knowledge base says. */
    String content() {
        return CONTENT + number;
    }

    /** As a source has it. */
    String json() {
        return "{\"interactionId\":\"" + interactionId + "\",\"id\":\"" + id() + "\",\"content\":\"" + content()
                + "\",\"priority\":\"HIGH\",\"relevanceScore\":0.85,\"source\":\"knowledge-base\",\"contextWindow\":{"
                + "\"start\":\"" + start + "\",\"end\":\"" + end + "\"}}";
    }
}
