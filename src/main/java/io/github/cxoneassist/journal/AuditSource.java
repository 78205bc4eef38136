package io.github.cxoneassist.journal;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A whole audit log as a verifier reads it: from the tables, or from an export. Nothing of it is trusted. All iterators
 * walk one node, in the order of {@code seq}; they may be asked for several times, and for several nodes.
 */
public interface AuditSource {
    /** All nodes that have rows, texts or checkpoints. */
    Set<String> nodes();

    /**
     * The rows in the order in which they are kept. {@code next()} throws a {@link DamagedRowException} for one that cannot
     * be read as a row, and goes on with the one behind it when called again.
     */
    Iterator<JournalRow> rows(String node);

    Iterator<Checkpoint> checkpoints(String node);

    /** Texts that are still there. */
    Iterator<SuggestionText> texts(String node);

    /** What is there and cannot be walked, or not be found by what it says. */
    default List<Finding> unwalked() {
        return List.of();
    }

    /** Legal holds that are not those that operators set and released; none where only rows are kept, as in an export. */
    default List<Finding> holdsNotOnRecord() {
        return List.of();
    }

    /** Which part of the node's chain this is, where it is only a part, as an export is. */
    default Optional<AuditRange> range(String node) {
        return Optional.empty();
    }

    /** Whether it should hold everything that there is; a part needs a {@link #range} for each node. */
    default boolean whole() {
        return true;
    }

    /** Whether the ranges of a part begin where the log began, so that what is missing before them has to be explained. */
    default boolean fromTheStart() {
        return false;
    }

    /** Up to which time, as in a row, a part should have everything that was written; empty where it may end anywhere. */
    default Optional<String> completeUntil() {
        return Optional.empty();
    }
}
