package io.github.cxoneassist.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A store without a disk, and the reader of what it holds. */
final class MemoryStore implements JournalStore, JournalReader {
    private final List<JournalRow> rows = new ArrayList<>();
    private final List<SuggestionText> texts = new ArrayList<>();
    private int commits;

    @Override
    public synchronized ChainHead head(String node) {
        return rowsOf(node).reduce((earlier, later) -> later).map(ChainHead::of).orElse(ChainHead.GENESIS);
    }

    @Override
    public synchronized void write(JournalBatch batch) {
        for (JournalRow row : batch.rows()) {
            if (rowsOf(row.node()).anyMatch(old -> old.seq() == row.seq())) {
                throw new IllegalStateException("there is a row " + row.seq());
            }
        }
        rows.addAll(batch.rows());
        texts.addAll(batch.texts());
        commits++;
    }

    @Override
    public synchronized List<JournalRow> after(String node, long seq, Set<JournalEvent> events, int limit) {
        return rowsOf(node)
                .filter(row -> row.seq() > seq)
                .filter(row -> events.isEmpty()
                        || JournalEvent.of(row.event()).filter(events::contains).isPresent())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<String> nodes() {
        return rows.stream().map(JournalRow::node).distinct().sorted().toList();
    }

    synchronized List<JournalRow> rows() {
        return List.copyOf(rows);
    }

    synchronized List<SuggestionText> texts() {
        return List.copyOf(texts);
    }

    synchronized int commits() {
        return commits;
    }

    private Stream<JournalRow> rowsOf(String node) {
        return rows.stream().filter(row -> row.node().equals(node));
    }
}
