package io.github.cxoneassist.journal;

/** The text beside the row (node, seq), in a table of its own so that it can be erased without breaking the chain. */
public record SuggestionText(String node, long seq, String interactionId, String content) {
    /** Without the content: it must not reach a log. */
    @Override
    public String toString() {
        return "SuggestionText[" + node + "/" + seq + ", interaction " + interactionId + "]";
    }
}
