package io.github.cxoneassist.session;

import java.time.Instant;

/**
 * A suggestion was not handed to the socket, or not certainly, or nobody acknowledged it. Trying again with the same suggestion id is safe and
 * makes sense unless {@link #state()} is {@link SessionState#DRAINING} or {@link SessionState#CLOSED}.
 */
public final class SessionUnavailableException extends Exception {

    /** How far it came. */
    public enum Fate {
        /** The other side does not have it. */
        NOT_SENT,
        /** It was given to a socket, and what came of that is not known. */
        MAY_HAVE_LEFT,
        /** The socket took it, and nobody acknowledged it. */
        UNACKNOWLEDGED
    }

    private final SessionState state;
    private final Instant since;
    private final Fate fate;

    SessionUnavailableException(String what, String name, SessionStatus status, Fate fate, Throwable cause) {
        super(
                what + ": session " + name + " is " + status.state() + " since " + status.since() + " ("
                        + status.reason() + ")",
                cause);
        this.state = status.state();
        this.since = status.since();
        this.fate = fate;
    }

    /** The state when the send failed. */
    public SessionState state() {
        return state;
    }

    public Instant since() {
        return since;
    }

    /** Whether the other side may have it nevertheless. */
    public Fate fate() {
        return fate;
    }
}
