package io.github.cxoneassist.journal;

/** A stored row is not one that a journal writes: somebody changed it. Trying again gives the same answer. */
public final class DamagedRowException extends JournalException {
    private final long seq;

    public DamagedRowException(String node, long seq, Throwable cause) {
        super("row " + seq + " of node " + node + " was changed: " + cause.getMessage(), cause);
        this.seq = seq;
    }

    public long seq() {
        return seq;
    }
}
