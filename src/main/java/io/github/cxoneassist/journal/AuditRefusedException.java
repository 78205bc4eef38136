package io.github.cxoneassist.journal;

/** What an operator asked for is not done, for a reason that is no failure: a legal hold, an open window. Nothing happened. */
public final class AuditRefusedException extends RuntimeException {
    AuditRefusedException(String message) {
        super(message);
    }
}
