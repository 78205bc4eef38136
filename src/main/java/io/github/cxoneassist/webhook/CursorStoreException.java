package io.github.cxoneassist.webhook;

/** The store of cursors failed this time; the same call may succeed later. */
public class CursorStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CursorStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
