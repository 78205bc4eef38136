package io.github.cxoneassist.journal;

import java.util.List;

/** What one transaction writes: consecutive rows of one node, never none, and the texts that belong to them. */
public record JournalBatch(List<JournalRow> rows, List<SuggestionText> texts) {
    public JournalBatch {
        rows = List.copyOf(rows);
        texts = List.copyOf(texts);
    }
}
