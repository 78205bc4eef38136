package io.github.cxoneassist.journal;

/** The database cannot be used as it is: somebody has to change the configuration, the file or the rights to it. */
public final class JournalDatabaseException extends RuntimeException {
    JournalDatabaseException(String message) {
        super(message);
    }

    JournalDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
