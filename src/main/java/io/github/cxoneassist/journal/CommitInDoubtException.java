package io.github.cxoneassist.journal;

/** All rows of a batch were given to the database, and whether it has committed them is not known. */
public final class CommitInDoubtException extends JournalException {
    public CommitInDoubtException(String message, Throwable cause) {
        super(message, cause);
    }
}
