package io.github.cxoneassist.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after a failure, by how many there were. Two scales, because a refused client isn't a network. */
final class Retries {

    private final Backoff network;
    private final Backoff authentication;
    private final RandomGenerator random;
    private int failures;
    private int refusals;

    Retries(SessionConfig config, RandomGenerator random) {
        this.network = config.backoff();
        this.authentication = config.authBackoff();
        this.random = random;
    }

    /**
     * @param hadToken whether the server refused a token; if so, the first retry is at once, with a fresh one, because
     *     a token that ran out or was revoked is the usual cause
     */
    Duration next(Ending ending, boolean hadToken) {
        if (ending.kind() != SessionEvent.Kind.AUTHENTICATION) {
            failures++;
            return network.delay(failures, ending.retryAfter(), random);
        }
        refusals++;
        if (hadToken && refusals == 1) {
            return Duration.ZERO;
        }
        // full jitter alone could come out near zero, which would hammer a server that has just said no
        return authentication.delay(hadToken ? refusals - 1 : refusals, authentication.initial(), random);
    }

    void reset() {
        failures = 0;
        refusals = 0;
    }
}
