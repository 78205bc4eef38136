package io.github.cxoneassist.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What a row of the journal means to one suggestion.
 *
 * @param text null where the row has none, or it was erased
 */
record SuggestionStep(
        long seq,
        Instant at,
        JournalEvent event,
        String interactionId,
        String suggestionId,
        String reason,
        JsonNode details,
        String text) {}
