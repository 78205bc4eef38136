package io.github.cxoneassist.session;

/** Where a session stands. Suggestions leave in {@link #READY} alone. */
public enum SessionState {
    /** Getting a token, dialling, shaking hands. */
    CONNECTING,
    /** The socket is open and carries the auth frame, nothing else. */
    AUTHENTICATING,
    READY,
    /** Stopping: nothing new is accepted, what is under way gets its time. */
    DRAINING,
    /** Not started yet, or stopped for good: no socket, no timer. */
    CLOSED,
    /** The last attempt failed, the next one is due. */
    BACKING_OFF
}
