package io.github.cxoneassist.webhook;

/**
 * A try had no answer that counts. The message gives the reason in words that may be shown: the host at most, never the
 * path, the query or a header. It has no cause, because HTTP clients put those into their messages.
 */
public final class DeliveryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeliveryException(String message) {
        super(message);
    }
}
