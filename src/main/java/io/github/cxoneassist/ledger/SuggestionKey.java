package io.github.cxoneassist.ledger;

import io.github.cxoneassist.suggestion.Suggestion;
import java.util.Comparator;
import java.util.Objects;

/**
 * A suggestion's identity: its id is unique within its interaction only. The ids may hold any characters.
 */
public record SuggestionKey(String interactionId, String suggestionId) implements Comparable<SuggestionKey> {

    private static final Comparator<SuggestionKey> ORDER =
            Comparator.comparing(SuggestionKey::interactionId).thenComparing(SuggestionKey::suggestionId);

    public SuggestionKey {
        Objects.requireNonNull(interactionId, "interactionId");
        Objects.requireNonNull(suggestionId, "suggestionId");
    }

    /** The key of a suggestion. */
    public static SuggestionKey of(Suggestion suggestion) {
        return new SuggestionKey(suggestion.interactionId(), suggestion.id());
    }

    /**
     * The key as one string, for stores whose keys are strings: {@code interaction/suggestion}, with {@code %} and
     * {@code /} escaped in the interaction's id. Two different keys never have the same text.
     */
    public String text() {
        return interactionId.replace("%", "%25").replace("/", "%2F") + '/' + suggestionId;
    }

    /**
     * The key that {@link #text()} made this text from.
     *
     * @throws IllegalArgumentException for a text that no key has
     */
    public static SuggestionKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw notAKey();
        }
        String interactionId = text.substring(0, slash).replace("%2F", "/").replace("%25", "%");
        SuggestionKey key = new SuggestionKey(interactionId, text.substring(slash + 1));
        // a second spelling of a key would get past a store that compares texts
        if (!key.text().equals(text)) {
            throw notAKey();
        }
        return key;
    }

    @Override
    public int compareTo(SuggestionKey other) {
        return ORDER.compare(this, other);
    }

    private static IllegalArgumentException notAKey() {
        return new IllegalArgumentException("Not the text of a suggestion key: use SuggestionKey.text() to make one");
    }
}
