package io.github.cxoneassist.suggestion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;

/**
 * What an agent is to be shown, as its source gave it. A value that came out of {@link SuggestionValidator} keeps all
 * rules; one made by hand keeps only the types.
 *
 * @param id unique within the interaction; the key by which it is sent once
 * @param relevanceScore the source's own score, in [0, 1]
 * @param source who suggested it, or null
 */
public record Suggestion(
        String interactionId,
        String id,
        String content,
        Priority priority,
        double relevanceScore,
        ContextWindow contextWindow,
        String source) {

    public Suggestion {
        Objects.requireNonNull(interactionId, "interactionId");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(contextWindow, "contextWindow");
    }

    /** The flat form that the validator reads; a source that is null is left out. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(Field.INTERACTION_ID, interactionId);
        json.put(Field.ID, id);
        json.put(Field.CONTENT, content);
        json.put(Field.PRIORITY, priority.name());
        json.put(Field.RELEVANCE_SCORE, relevanceScore);
        json.putObject(Field.CONTEXT_WINDOW)
                .put(Field.START, Timestamps.format(contextWindow.start()))
                .put(Field.END, Timestamps.format(contextWindow.end()));
        if (source != null) {
            json.put(Field.SOURCE, source);
        }
        return json;
    }

    /** Leaves the text out: it may name a customer, and a record's own form would carry it into logs. */
    @Override
    public String toString() {
        return "Suggestion[interactionId=" + interactionId + ", id=" + id + ", priority=" + priority
                + ", relevanceScore=" + relevanceScore + ", contextWindow=" + contextWindow + ", source=" + source
                + "]";
    }
}
