package io.github.cxoneassist.pipeline;

/**
 * A suggestion is in the journal but could not be handed to CXone now. Nothing is wrong with it: offer it again, and the
 * whole pipeline judges it anew.
 */
public final class DispatchFailedException extends RuntimeException {

    DispatchFailedException(String key, Throwable cause) {
        super("Suggestion " + key + " could not be sent: " + cause.getMessage(), cause);
    }
}
