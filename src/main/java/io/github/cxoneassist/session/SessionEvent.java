package io.github.cxoneassist.session;

import java.time.Instant;

/**
 * One change of state.
 *
 * @param reason for people: says what happened; never holds a token
 * @param attempt number of the connection attempt since the start, from 1; 0 before the first
 * @param kind for machines: what made the state change
 */
public record SessionEvent(SessionState from, SessionState to, String reason, int attempt, Instant at, Kind kind) {

    public enum Kind {
        /** Things went on as they should. */
        PROGRESS,
        /** Unreachable, silent, closed: goes away by itself, sooner or later. */
        NETWORK,
        /** Token or client refused: a person may have to look at it. */
        AUTHENTICATION,
        /** The server asked for patience. */
        THROTTLED,
        /** Somebody asked for it: the end of the session. */
        REQUESTED
    }
}
