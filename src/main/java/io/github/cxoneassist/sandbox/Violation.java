package io.github.cxoneassist.sandbox;

import java.time.Instant;

/**
 * One breach of the contract.
 *
 * @param connection the number of the connection, from 1; 0 for a token request
 */
public record Violation(Kind kind, int connection, Instant at, String text) {

    public enum Kind {
        /** Not a POST, not a form, a field twice, or two ways of client authentication at once. */
        MALFORMED_TOKEN_REQUEST,
        /** Anything but the auth frame before {@code auth.success}. */
        FRAME_BEFORE_AUTH_SUCCESS,
        /** An auth frame that has not exactly the two fields, or comes while the last one waits for its answer. */
        WRONG_AUTH_FRAME,
        /** After {@code auth.failure} the client must close with 1008, and soon. */
        NOT_CLOSED_WITH_1008_AFTER_AUTH_FAILURE,
        /** Not a JSON object, or of a type that a client doesn't send. */
        UNKNOWN_FRAME,
        MALFORMED_SUGGESTION,
        /** Sent before the window began or after it ended. */
        OUTSIDE_ITS_WINDOW,
        /**
         * The id came again although its acknowledgement or outcome had been sent. A client that lost that frame with
         * its connection, or its memory with its process, is innocent of it; a test that provokes this has to know.
         */
        SENT_AGAIN_AFTER_ANSWER,
        /** The id came again on a connection that had already carried it. */
        SENT_TWICE_ON_ONE_CONNECTION,
        TOO_MANY_ACTIVE,
        /** Two authenticated connections of one client at the same time. */
        TWO_SOCKETS
    }
}
