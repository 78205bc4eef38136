package io.github.cxoneassist.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of one node in a file that holds those of several. What cannot be read is taken for the node's where it stands
 * behind a row of it, or before any.
 */
abstract class ExportedRows implements Iterator<JournalRow> {
    private final String node;
    private final Set<String> nodes;
    private boolean here = true;
    private long seq;

    private JournalRow row;
    private DamagedRowException damage;
    private boolean ended;

    ExportedRows(String node, Set<String> nodes) {
        this.node = node;
        this.nodes = nodes;
    }

    /**
     * The next row of whichever node, null at the end.
     *
     * @throws DamagedRowException for what is no row
     */
    abstract JournalRow read() throws IOException;

    @Override
    public boolean hasNext() {
        while (row == null && damage == null && !ended) {
            try {
                JournalRow next = read();
                if (next != null && !nodes.contains(next.node())) {
                    throw damaged("it is of another node, which the manifest does not name");
                }
                ended = next == null;
                here = next != null && node.equals(next.node());
                row = here ? next : null;
            } catch (DamagedRowException e) {
                damage = here ? new DamagedRowException(node, seq + 1, e.getCause()) : null;
            } catch (IOException e) {
                throw new UncheckedIOException("the export could not be read: " + e.getMessage(), e);
            }
        }
        return row != null || damage != null;
    }

    @Override
    public JournalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the export has no more rows of node " + node);
        }
        if (damage != null) {
            DamagedRowException thrown = damage;
            damage = null;
            seq = thrown.seq();
            throw thrown;
        }
        JournalRow next = row;
        row = null;
        seq = next.seq();
        return next;
    }

    static DamagedRowException damaged(String what) {
        return new DamagedRowException(null, 0, new IllegalArgumentException(what));
    }
}
