package io.github.cxoneassist.journal;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/** Walks a chain page by page, so that a log of any length fits in memory and no transaction stays open. */
final class RowIterator implements Iterator<JournalRow> {
    private static final int PAGE = 1_000;

    private final JournalReader reader;
    private final String node;
    private Iterator<JournalRow> page = Collections.emptyIterator();
    private long seq;

    RowIterator(JournalReader reader, String node) {
        this(reader, node, 0);
    }

    /** The rows behind {@code seq}. */
    RowIterator(JournalReader reader, String node, long seq) {
        this.reader = reader;
        this.node = node;
        this.seq = seq;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext()) {
            page = reader.after(node, seq, Set.of(), PAGE).iterator();
        }
        return page.hasNext();
    }

    @Override
    public JournalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException("node " + node + " has no row after " + seq);
        }
        JournalRow row = page.next();
        seq = row.seq();
        return row;
    }
}
