package io.github.cxoneassist.pipeline;

/** An HTTP request that is not looked at any further. */
final class RequestRefusedException extends RuntimeException {

    private final int status;
    private final String reason;

    RequestRefusedException(int status, String reason, String message) {
        super(message);
        this.status = status;
        this.reason = reason;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }
}
