package io.github.cxoneassist.pipeline;

/**
 * A suggestion could not be handed to CXone now. Nothing is wrong with it: offer it again, and the
 * whole pipeline judges it anew.
 */
public final class DispatchFailedException extends RuntimeException {

    private DispatchFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    static DispatchFailedException of(String key, Throwable cause) {
        return new DispatchFailedException("Suggestion " + key + " could not be sent: " + cause.getMessage(), cause);
    }

    /** The same suggestion is being sent at this moment: whether this one is a duplicate, its outcome will tell. */
    static DispatchFailedException underWay(String key) {
        return new DispatchFailedException(
                "Suggestion " + key + " is being sent at this moment, by somebody who offered it before", null);
    }
}
