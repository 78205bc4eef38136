package io.github.cxoneassist.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * Who may come in, and what the referee holds them to.
 *
 * @param clientId          the application, for both grants
 * @param clientSecret      its secret; any characters
 * @param accessKeyId       the user name of the password grant
 * @param accessKeySecret   the password of the password grant
 * @param scopes            what may be asked for; a {@code client_credentials} request must ask for at least one
 * @param tokenLifetime     how long a token serves; {@code expires_in} says the same in whole seconds
 * @param port              the port on 127.0.0.1; 0 takes any that is free
 * @param maxActive         how many suggestions of one interaction may be active at once
 * @param transit           how long after the end of its window a suggestion may still come in, for the time it spent
 *                          on the way; the clock of the sender is held to the window without it
 * @param patience          how long the client may take to close after an {@code auth.failure}
 * @param sentTimestamp     whether an acknowledgement carries {@code sentTimestamp}
 * @param frameLimit        how many frames the referee keeps in full; the counts go on for ever
 * @param suggestionLimit   how many suggestions the referee knows by id; those still in their window are always kept
 * @param clock             the time of tokens, windows and records
 */
public record SandboxConfig(
        String clientId,
        String clientSecret,
        String accessKeyId,
        String accessKeySecret,
        Set<String> scopes,
        Duration tokenLifetime,
        int port,
        int maxActive,
        Duration transit,
        Duration patience,
        boolean sentTimestamp,
        int frameLimit,
        int suggestionLimit,
        Clock clock) {

    public SandboxConfig {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        Objects.requireNonNull(accessKeyId, "accessKeyId");
        Objects.requireNonNull(accessKeySecret, "accessKeySecret");
        Objects.requireNonNull(clock, "clock");
        scopes = Set.copyOf(scopes);
        require(!tokenLifetime.isNegative(), "tokenLifetime must not be negative");
        require(port >= 0 && port <= 65_535, "port must be 0 to 65535");
        require(maxActive > 0, "maxActive must be at least 1");
        require(!transit.isNegative(), "transit must not be negative");
        require(patience.toMillis() > 0, "patience must be at least 1 ms");
        require(frameLimit > 0, "frameLimit must be at least 1");
        require(suggestionLimit > 0, "suggestionLimit must be at least 1");
    }

    private static void require(boolean rule, String message) {
        if (!rule) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Starts from credentials that are awkward on purpose: a client that forgets to encode them does not get in. */
    public static Builder builder() {
        return new Builder();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "SandboxConfig[clientId=" + clientId + ", accessKeyId=" + accessKeyId + ", port=" + port + "]";
    }

    /** Not safe for use by several threads. */
    public static final class Builder {
        private String clientId = "sandbox-client";
        private String clientSecret = "s3cret&with=every+sort%of:sign ü€";
        private String accessKeyId = "sandbox-key";
        private String accessKeySecret = "k3y&with=every+sort%of:sign ü€==";
        private Set<String> scopes = Set.of("agentassist:write", "interaction:read");
        private Duration tokenLifetime = Duration.ofHours(1);
        private int port;
        private int maxActive = 5;
        private Duration transit = Duration.ofMillis(100);
        private Duration patience = Duration.ofSeconds(5);
        private boolean sentTimestamp = true;
        private int frameLimit = 10_000;
        private int suggestionLimit = 100_000;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        public Builder client(String id, String secret) {
            clientId = id;
            clientSecret = secret;
            return this;
        }

        public Builder accessKey(String id, String secret) {
            accessKeyId = id;
            accessKeySecret = secret;
            return this;
        }

        public Builder scopes(Set<String> value) {
            scopes = value;
            return this;
        }

        public Builder tokenLifetime(Duration value) {
            tokenLifetime = value;
            return this;
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder maxActive(int value) {
            maxActive = value;
            return this;
        }

        public Builder transit(Duration value) {
            transit = value;
            return this;
        }

        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        public Builder sentTimestamp(boolean value) {
            sentTimestamp = value;
            return this;
        }

        public Builder frameLimit(int value) {
            frameLimit = value;
            return this;
        }

        public Builder suggestionLimit(int value) {
            suggestionLimit = value;
            return this;
        }

        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        public SandboxConfig build() {
            return new SandboxConfig(
                    clientId,
                    clientSecret,
                    accessKeyId,
                    accessKeySecret,
                    scopes,
                    tokenLifetime,
                    port,
                    maxActive,
                    transit,
                    patience,
                    sentTimestamp,
                    frameLimit,
                    suggestionLimit,
                    clock);
        }
    }
}
