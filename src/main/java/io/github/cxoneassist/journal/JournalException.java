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
}
