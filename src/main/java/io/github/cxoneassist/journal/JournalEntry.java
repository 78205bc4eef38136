package io.github.cxoneassist.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What somebody wants recorded. Immutable; the journal adds node, number, time and hashes.
 *
 * <p>NUL and unpaired surrogates in any of the strings become U+FFFD: not every database can hold them, and one row
 * that cannot be stored would fail all that share its transaction.
 *
 * @param interactionId null where the event belongs to no interaction
 * @param suggestionId null where the event belongs to no suggestion
 * @param reason null where the event explains itself
 * @param details values that JSON knows: String, Number, Boolean, null, List, Map with text keys, Jackson's JsonNode;
 *     copied. A number that a double does not hold is kept as text. Anything else is an IllegalArgumentException.
 * @param text the suggestion's text, or null. It is stored apart, so that it can be erased; the details then carry its
 *     SHA-256 as {@value #CONTENT_SHA256}, added here so that no caller can forget it.
 */
public record JournalEntry(
        JournalEvent event,
        String interactionId,
        String suggestionId,
        String reason,
        Map<String, Object> details,
        String text) {

    /** The member of the details that proves which text was meant, after the text itself is gone. */
    public static final String CONTENT_SHA256 = "contentSha256";

    public JournalEntry {
        Objects.requireNonNull(event, "event");
        interactionId = StorableText.of(interactionId);
        suggestionId = StorableText.of(suggestionId);
        reason = StorableText.of(reason);
        text = StorableText.of(text);
        details = Details.copyOf(text == null ? details : with(details, CONTENT_SHA256, Sha256.hex(text)));
    }

    /** The digest of a text as {@value #CONTENT_SHA256} has it. */
    public static String contentSha256(String text) {
        return Sha256.hex(StorableText.of(text));
    }

    public static JournalEntry of(JournalEvent event) {
        return of(event, null, null);
    }

    public static JournalEntry of(JournalEvent event, String interactionId, String suggestionId) {
        return new JournalEntry(event, interactionId, suggestionId, null, Map.of(), null);
    }

    public JournalEntry withReason(String newReason) {
        return new JournalEntry(event, interactionId, suggestionId, newReason, details, text);
    }

    public JournalEntry withDetail(String name, Object value) {
        return new JournalEntry(event, interactionId, suggestionId, reason, with(details, name, value), text);
    }

    /** With these details in place of those it had. */
    public JournalEntry withDetails(Map<String, Object> newDetails) {
        return new JournalEntry(event, interactionId, suggestionId, reason, newDetails, text);
    }

    public JournalEntry withText(String newText) {
        return new JournalEntry(event, interactionId, suggestionId, reason, details, newText);
    }

    /** Ids only: an entry ends up in logs, and its text must not. */
    @Override
    public String toString() {
        return "JournalEntry[" + event.wireName() + ", interaction " + interactionId + ", suggestion " + suggestionId
                + "]";
    }

    private static Map<String, Object> with(Map<String, Object> details, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return more;
    }
}
