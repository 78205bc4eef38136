package io.github.cxoneassist.sandbox;

import java.time.Instant;

/**
 * One call of the token endpoint.
 *
 * @param grant    the grant as it was asked for, "" where there was none
 * @param clientId the client that named itself, "" where none did
 * @param answer   {@link #OK}, {@link #UNANSWERED}, or the OAuth error code
 */
public record TokenRequest(Instant at, String grant, String clientId, String answer) {

    public static final String OK = "ok";
    /** What it stays for ever when a {@link Fault} took the request over. */
    public static final String UNANSWERED = "unanswered";

    public boolean ok() {
        return OK.equals(answer);
    }
}
