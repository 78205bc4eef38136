package io.github.cxoneassist.webhook;

/** The subscribers in the database cannot be reached this time; the same call may succeed later. */
public class SubscriberStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SubscriberStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
