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

    /** That somebody else has it, and what to do. */
    static String inUse(Database database, String node) {
        return node.endsWith(AuditVerifier.OPERATOR)
                ? "another command works on " + database + ": wait until it has ended"
                : database + " is in use by another process of this program: stop that one,"
                        + " or give this one a database of its own";
    }
}
