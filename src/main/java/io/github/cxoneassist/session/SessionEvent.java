package io.github.cxoneassist.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One change of state, or, where both states are the same, something that happened within it.
 *
 * @param session its name
 * @param reason for people: says what happened; never holds a token
 * @param attempt number of the connection attempt since the start, from 1; 0 before the first
 * @param kind for machines: what made the state change
 * @param wasReady whether there was an authenticated connection up to this event
 */
public record SessionEvent(
        String session,
        SessionState from,
        SessionState to,
        String reason,
        int attempt,
        Instant at,
        Kind kind,
        boolean wasReady) {

    /** What caused it. */
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
        REQUESTED,
        /** The open connection goes on with a new token; no change of state. */
        TOKEN_RENEWED;

        private final String wireName = name().toLowerCase(Locale.ROOT);

        /** The name in metrics and in the audit log, such as {@code token_renewed}. */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * The names under which an audit log records this event, possibly none, in their order: a ready session whose
     * renewed token is refused was both disconnected and not let in.
     */
    public List<String> auditEvents() {
        List<String> names = new ArrayList<>();
        if (kind == Kind.TOKEN_RENEWED) {
            names.add("token_renewed");
        } else if (to == SessionState.READY) {
            names.add("connected");
        } else if (wasReady && (to == SessionState.BACKING_OFF || to == SessionState.CLOSED)) {
            names.add("disconnected");
        }
        if (kind == Kind.AUTHENTICATION) {
            names.add("auth_failed");
        }
        return List.copyOf(names);
    }
}
