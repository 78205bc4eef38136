package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.TokenSource;
import io.vertx.core.Context;
import java.time.Clock;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;

/** What the pieces of one session share. */
record SessionParts(
        String name,
        SessionConfig config,
        SSLContext tls,
        TokenSource tokens,
        Context context,
        Timers timers,
        Clock clock,
        RandomGenerator random,
        Traffic traffic,
        FrameParser parser) {}
