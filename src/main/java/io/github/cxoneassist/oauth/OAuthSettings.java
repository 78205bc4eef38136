package io.github.cxoneassist.oauth;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * What a token request needs. Checked at construction, so that a missing secret stops the start and is never sent as
 * an empty one.
 *
 * @param scope names separated by a space; null or blank leaves the choice to the server
 * @param accessKeyId only for {@link Grant#PASSWORD}
 * @param accessKeySecret only for {@link Grant#PASSWORD}
 * @param timeout for connecting, for each read, and for the request as a whole
 * @param renewBefore how long before its expiry a token is renewed
 * @param defaultLifetime how long a token serves where the answer names no lifetime
 */
public record OAuthSettings(
        URI tokenUrl,
        Grant grant,
        String clientId,
        String clientSecret,
        String scope,
        String accessKeyId,
        String accessKeySecret,
        Duration timeout,
        Duration renewBefore,
        Duration defaultLifetime) {

    public static final String DEFAULT_SCOPE = "agentassist:write interaction:read";
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_RENEW_BEFORE = Duration.ofSeconds(60);
    public static final Duration DEFAULT_LIFETIME = TokenAnswer.DEFAULT_LIFETIME;

    public OAuthSettings {
        SecureUri.require("tokenUrl", tokenUrl, "https", "http");
        Objects.requireNonNull(grant, "grant is missing");
        require("clientId", clientId);
        require("clientSecret", clientSecret);
        if (grant == Grant.PASSWORD) {
            require("accessKeyId", accessKeyId);
            require("accessKeySecret", accessKeySecret);
        }
        timeout = Objects.requireNonNullElse(timeout, DEFAULT_TIMEOUT);
        renewBefore = Objects.requireNonNullElse(renewBefore, DEFAULT_RENEW_BEFORE);
        defaultLifetime = Objects.requireNonNullElse(defaultLifetime, DEFAULT_LIFETIME);
        if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("timeout must be at least 1 ms and at most 24 days, not " + timeout);
        }
        if (renewBefore.isNegative()) {
            throw new IllegalArgumentException("renewBefore must not be negative, but is " + renewBefore);
        }
        if (defaultLifetime.isNegative() || defaultLifetime.isZero()) {
            throw new IllegalArgumentException("defaultLifetime must be positive, but is " + defaultLifetime);
        }
    }

    /** With the default lifetime. */
    public OAuthSettings(
            URI tokenUrl,
            Grant grant,
            String clientId,
            String clientSecret,
            String scope,
            String accessKeyId,
            String accessKeySecret,
            Duration timeout,
            Duration renewBefore) {
        this(tokenUrl, grant, clientId, clientSecret, scope, accessKeyId, accessKeySecret, timeout, renewBefore, null);
    }

    /** The default grant with the default scope and time-outs. */
    public static OAuthSettings clientCredentials(URI tokenUrl, String clientId, String clientSecret) {
        return new OAuthSettings(
                tokenUrl, Grant.CLIENT_CREDENTIALS, clientId, clientSecret, DEFAULT_SCOPE, null, null, null, null);
    }

    private static void require(String setting, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(setting + " is missing: the token request needs it");
        }
    }

    /** Shows no secret, and no key id either: half of a pair is nobody's business. */
    @Override
    public String toString() {
        return "OAuthSettings[tokenUrl=" + tokenUrl.getScheme() + "://" + tokenUrl.getHost() + tokenUrl.getPath()
                + ", grant=" + grant.wireName() + ", clientId=" + clientId + ", scope=" + scope + ", timeout="
                + timeout + ", renewBefore=" + renewBefore + ", defaultLifetime=" + defaultLifetime + "]";
    }
}
