package io.github.cxoneassist.oauth;

import java.time.Instant;
import java.util.Objects;

/**
 * A bearer token and when it stops being one. Immutable.
 *
 * @param value the secret itself; goes into the auth frame and nowhere else
 * @param expiresAt our clock when asked for, plus the lifetime that the server named
 */
public record AccessToken(String value, Instant expiresAt) {

    public AccessToken {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("An access token must not be blank");
        }
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Never shows the value: records end up in logs. */
    @Override
    public String toString() {
        return "AccessToken[value=***, expiresAt=" + expiresAt + "]";
    }
}
