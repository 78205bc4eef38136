package io.github.cxoneassist.journal;

/** The right to write the chain of a node: two that number their rows alike would fail each other's. */
public interface JournalLock extends AutoCloseable {

    /**
     * Takes it, or fails at once. Operators' commands beside the application have a node, and a lock, of their own.
     *
     * @param node whose chain is to be written
     * @throws JournalDatabaseException if somebody else has it
     */
    static JournalLock take(DatabaseSettings settings, String node) {
        return Database.of(settings).lock(node);
    }

    /**
     * Returns while it is held, having taken it again where it was lost. Not for several threads at once.
     *
     * @throws JournalException if it is lost, and cannot be taken now
     */
    void require();

    @Override
    void close();
}
