package io.github.cxoneassist.journal;

/**
 * The journal could not be written or read. Trying again is worth while: nothing was recorded, or it is unknown
 * whether it was, in which case the second attempt adds a second row.
 */
public class JournalException extends RuntimeException {
    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether what failed may be on disk all the same: the database was asked to commit, and its answer is not known. */
    public static boolean mayBeWritten(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CommitInDoubtException) {
                return true;
            }
        }
        return false;
    }
}
