package io.github.cxoneassist.sandbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The access tokens that are good. Any thread may call. */
final class Tokens {

    private record Issued(String clientId, Instant expiry) {}

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Duration lifetime;
    private final Map<String, Issued> good = new HashMap<>();

    Tokens(Clock clock, Duration lifetime) {
        this.clock = clock;
        this.lifetime = lifetime;
    }

    synchronized String issue(String clientId) {
        var now = clock.instant();
        good.values().removeIf(issued -> !now.isBefore(issued.expiry()));
        var bytes = new byte[24];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        good.put(token, new Issued(clientId, now.plus(lifetime)));
        return token;
    }

    /** Whose token it is, unless it is unknown, expired or rejected. */
    synchronized Optional<String> clientOf(String token) {
        return Optional.ofNullable(good.get(token))
                .filter(issued -> clock.instant().isBefore(issued.expiry()))
                .map(Issued::clientId);
    }

    synchronized void rejectAll() {
        good.clear();
    }
}
