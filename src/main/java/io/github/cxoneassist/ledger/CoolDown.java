package io.github.cxoneassist.ledger;

import java.time.Instant;
import java.util.Objects;

/**
 * A content that is refused in its interaction, since an agent dismissed it.
 *
 * @param digest as in {@link ContentRule}
 * @param until the last instant at which it is
 */
public record CoolDown(String digest, Instant until) {

    public CoolDown {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(until, "until");
    }
}
