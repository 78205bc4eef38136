package io.github.cxoneassist.sandbox;

import java.util.Locale;

/** Where a {@link ScriptedFault} strikes. */
public enum Occasion {
    /** Once, when its step begins, on every connection that is open. */
    NOW,
    TOKEN_REQUEST,
    /** A client asks for the WebSocket. */
    UPGRADE,
    /** A WebSocket was opened; nothing came in on it yet. */
    CONNECT,
    /** A well-formed auth frame came in and waits for its answer. */
    AUTH,
    /** A frame came in after {@code auth.success}. */
    FRAME,
    /** An acknowledgement is about to leave. */
    ACKNOWLEDGEMENT;

    /** As a script in JSON spells it. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
