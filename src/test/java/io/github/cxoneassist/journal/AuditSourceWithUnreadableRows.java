package io.github.cxoneassist.journal;

import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** A log in which some rows cannot be read as rows. */
record AuditSourceWithUnreadableRows(AuditSource log, List<Long> unreadable) implements AuditSource {
    @Override
    public Set<String> nodes() {
        return log.nodes();
    }

    @Override
    public Iterator<JournalRow> rows(String node) {
        Iterator<JournalRow> rows = log.rows(node);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public JournalRow next() {
                JournalRow row = rows.next();
                if (unreadable.contains(row.seq())) {
                    throw new DamagedRowException(node, row.seq(), new IllegalArgumentException("not a date"));
                }
                return row;
            }
        };
    }

    @Override
    public Iterator<Checkpoint> checkpoints(String node) {
        return log.checkpoints(node);
    }

    @Override
    public Iterator<SuggestionText> texts(String node) {
        return log.texts(node);
    }
}
