package io.github.cxoneassist.session;

import java.time.Instant;

/**
 * A session at one moment. The counters only ever grow.
 *
 * @param since when the state began
 * @param reason why it began
 * @param attempt number of the latest connection attempt, from 1; 0 before the start
 * @param sent suggestions handed to the socket
 * @param received frames from the server, auth answers and malformed ones included
 * @param malformed received, but not a JSON object with a textual type, or too large, too deep, or binary
 * @param unknown well formed, of a type that the protocol doesn't name, or before the authentication
 * @param waiting sends accepted and not yet handed to the socket
 * @param inFlight suggestions written and not yet acknowledged, decided, or given up
 * @param unacknowledged suggestions whose acknowledgement did not come in time, each counted once
 * @param resent how often a suggestion was handed to the socket again
 * @param reconnects how often the session became ready again
 * @param inboundWaiting frames that wait for the consumer
 * @param paused the consumer is so far behind that the socket is not read
 * @param pausedSince since when; null if it is read
 */
public record SessionStatus(
        SessionState state,
        Instant since,
        String reason,
        int attempt,
        long sent,
        long received,
        long malformed,
        long unknown,
        int waiting,
        int inFlight,
        long unacknowledged,
        long resent,
        long reconnects,
        int inboundWaiting,
        boolean paused,
        Instant pausedSince) {}
