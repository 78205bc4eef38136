package io.github.cxoneassist.journal;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * One row as it is stored. A plain carrier: whether its hash is right is the {@link ChainVerifier}'s business.
 *
 * @param node whose chain it belongs to
 * @param seq 1, 2, 3… per node, without a gap
 * @param at UTC, in microseconds: what is finer is cut off
 * @param event a wire name; text, because a newer version may have written one that this version does not know
 * @param details a JSON object in RFC 8785 form
 * @param prevHash the {@code hash} of the row before, 64 zeros for the first
 * @param keyId which {@link ChainKey} the hash was made with; null for a plain SHA-256
 */
public record JournalRow(
        String node,
        long seq,
        Instant at,
        String event,
        String interactionId,
        String suggestionId,
        String reason,
        String details,
        String prevHash,
        String hash,
        String keyId) {

    private static final DateTimeFormatter SIX_DIGITS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    public JournalRow {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** A row whose hash is a plain SHA-256. */
    public JournalRow(
            String node,
            long seq,
            Instant at,
            String event,
            String interactionId,
            String suggestionId,
            String reason,
            String details,
            String prevHash,
            String hash) {
        this(node, seq, at, event, interactionId, suggestionId, reason, details, prevHash, hash, null);
    }

    JournalRow withSeq(long newSeq) {
        return new JournalRow(
                node, newSeq, at, event, interactionId, suggestionId, reason, details, prevHash, hash, keyId);
    }

    JournalRow withHash(String newHash) {
        return new JournalRow(
                node, seq, at, event, interactionId, suggestionId, reason, details, prevHash, newHash, keyId);
    }

    /** {@code at} as it is stored and hashed: {@code 2026-11-22T08:00:00.123456Z}, always with six digits. */
    public String atText() {
        return atText(at);
    }

    /** An instant as a row holds it. */
    public static String atText(Instant at) {
        return SIX_DIGITS.format(at.truncatedTo(ChronoUnit.MICROS));
    }

    /**
     * The instant of a stored {@code at}.
     *
     * @throws DateTimeParseException for every other way to write it, even of the same instant: the hash is over the
     *     text, so two texts for one instant would let a change pass unseen
     */
    public static Instant parseAt(String text) {
        if (text == null) {
            throw new DateTimeParseException("there is no time", "", 0);
        }
        Instant at = SIX_DIGITS.parse(text, Instant::from);
        if (!SIX_DIGITS.format(at).equals(text)) {
            throw new DateTimeParseException("not in UTC with six digits of a second", text, 0);
        }
        return at;
    }

    /** Without the details: they may hold what a log should not. */
    @Override
    public String toString() {
        return "JournalRow[" + node + "/" + seq + " " + event + ", interaction " + interactionId + ", suggestion "
                + suggestionId + "]";
    }
}
