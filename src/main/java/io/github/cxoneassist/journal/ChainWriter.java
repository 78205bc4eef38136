package io.github.cxoneassist.journal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Makes rows of entries and writes them. Owned by one thread. */
final class ChainWriter {
    private final JournalStore store;
    private final String node;
    private final Clock clock;
    private final ChainKey key;

    /** Null while only the store knows it: at the start, and after a write whose outcome is unknown. */
    private ChainHead head;

    /** @param key null for plain hashes */
    ChainWriter(JournalStore store, String node, Clock clock, ChainKey key) {
        this.store = store;
        this.node = node;
        this.clock = clock;
        this.key = key;
    }

    List<JournalRow> write(List<JournalEntry> entries) {
        ChainHead last = head == null ? store.head(node) : head;
        // A commit can succeed and its answer be lost. Whoever then went on from the old head would fork the chain, so
        // the head is forgotten until the store has said that the batch is written.
        head = null;
        List<JournalRow> rows = new ArrayList<>(entries.size());
        List<SuggestionText> texts = new ArrayList<>();
        for (JournalEntry entry : entries) {
            JournalRow row = HashChain.next(last, node, notBefore(last.at()), entry, key);
            rows.add(row);
            if (entry.text() != null) {
                texts.add(new SuggestionText(node, row.seq(), row.interactionId(), entry.text()));
            }
            last = ChainHead.of(row);
        }
        store.write(new JournalBatch(rows, texts));
        head = last;
        return List.copyOf(rows);
    }

    private Instant notBefore(Instant earliest) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isBefore(earliest) ? earliest : now;
    }
}
