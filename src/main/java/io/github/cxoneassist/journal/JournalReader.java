package io.github.cxoneassist.journal;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is committed. Blocking; thread-safe. Fails with a {@link JournalException}. */
public interface JournalReader {
    /**
     * The node's next rows after {@code seq}, in their order.
     *
     * @param events which of them; empty means all, those of unknown kinds too
     * @param limit how many at most
     * @throws DamagedRowException when the first of them is not one that a journal writes; one that stands further
     *     back ends the list before it
     */
    List<JournalRow> after(String node, long seq, Set<JournalEvent> events, int limit);

    /** The last row of the node's chain, {@link ChainHead#GENESIS} where there is none. */
    ChainHead head(String node);

    /** All nodes that have written, in alphabetical order. */
    List<String> nodes();

    /** The hash of the first row that the node ever wrote, though that may have been archived: it tells logs apart. */
    default Optional<String> logId(String node) {
        List<JournalRow> first = after(node, 0, Set.of(), 1);
        return !first.isEmpty() && first.get(0).seq() == 1
                ? Optional.of(first.get(0).hash())
                : Archived.logId(this, node);
    }

    /** A whole chain, read page by page. What is written meanwhile comes too. */
    default Iterator<JournalRow> rows(String node) {
        return new RowIterator(this, node);
    }
}
