package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.TokenSource;
import io.vertx.core.Context;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What the pieces of one session share. */
record SessionParts(
        String name,
        SessionConfig config,
        TokenSource tokens,
        Context context,
        Timers timers,
        Clock clock,
        RandomGenerator random,
        Traffic traffic,
        FrameParser parser) {}
