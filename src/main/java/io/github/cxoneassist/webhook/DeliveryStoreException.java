package io.github.cxoneassist.webhook;

/** The table of deliveries could not be read or written. */
public final class DeliveryStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliveryStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
