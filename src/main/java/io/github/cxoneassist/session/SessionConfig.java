package io.github.cxoneassist.session;

import io.github.cxoneassist.oauth.SecureUri;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * How a session behaves. Immutable and checked; made by {@link #builder(URI)}.
 *
 * @param webSocketUrl {@code wss:} to any host, {@code ws:} to this machine only
 * @param backoff between attempts when the network or the server fails
 * @param authBackoff between attempts when the credentials are refused; its initial value is also the least delay
 * @param tokenTimeout how long an attempt waits for its token
 * @param connectTimeout TCP
 * @param handshakeTimeout TLS, and again the upgrade to a WebSocket
 * @param authTimeout from the auth frame to its answer
 * @param pingInterval from one heartbeat to the next
 * @param missedPings this many without a sign of life by the time the next is due, and the connection is given up
 * @param sendTimeout how long a send waits for the session to be ready, the window to have room and the socket to
 *     take it
 * @param ackTimeout how long an acknowledgement may take
 * @param ackRetries how often a suggestion that was not acknowledged in time is sent again on the same connection
 * @param resendUnacknowledged whether what was written and not acknowledged when a connection ends is sent again, with
 *     the same id, on the next
 * @param renewBefore how long before its expiry the token of an open connection is renewed; at most half of its life
 * @param stableAfter a connection that lasted this long lets the backoff start anew
 * @param drainTimeout how long a stop waits for what is under way
 * @param closeTimeout how long the peer has to answer a close frame
 * @param maxWaiting sends accepted and not yet handed to the socket
 * @param inFlight suggestions written and not yet acknowledged; when there are so many, sends wait
 * @param maxInbound frames that wait for the consumer before the socket is paused
 * @param maxFrameSize bytes; a larger frame costs the connection
 * @param maxMessageSize bytes; a larger message is dropped
 */
public record SessionConfig(
        URI webSocketUrl,
        Backoff backoff,
        Backoff authBackoff,
        Duration tokenTimeout,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration authTimeout,
        Duration pingInterval,
        int missedPings,
        Duration sendTimeout,
        Duration ackTimeout,
        int ackRetries,
        boolean resendUnacknowledged,
        Duration renewBefore,
        Duration stableAfter,
        Duration drainTimeout,
        Duration closeTimeout,
        int maxWaiting,
        int inFlight,
        int maxInbound,
        int maxFrameSize,
        int maxMessageSize) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public SessionConfig {
        // a malformed path would leave the client's future pending for ever, with the error in the log only
        SecureUri.require("webSocketUrl", webSocketUrl, "wss", "ws");
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(authBackoff, "authBackoff");
        positive("tokenTimeout", tokenTimeout);
        positive("connectTimeout", connectTimeout);
        positive("handshakeTimeout", handshakeTimeout);
        positive("authTimeout", authTimeout);
        positive("pingInterval", pingInterval);
        atLeast("missedPings", missedPings, 1);
        positive("sendTimeout", sendTimeout);
        positive("ackTimeout", ackTimeout);
        atLeast("ackRetries", ackRetries, 0);
        Objects.requireNonNull(renewBefore, "renewBefore");
        if (renewBefore.isNegative()) {
            throw new IllegalArgumentException("renewBefore must not be negative, but is " + renewBefore);
        }
        positive("stableAfter", stableAfter);
        positive("drainTimeout", drainTimeout);
        positive("closeTimeout", closeTimeout);
        atLeast("maxWaiting", maxWaiting, 1);
        atLeast("inFlight", inFlight, 1);
        atLeast("maxInbound", maxInbound, 1);
        atLeast("maxFrameSize", maxFrameSize, 1024);
        atLeast("maxMessageSize", maxMessageSize, 1024);
    }

    /** Starts from the defaults. */
    public static SessionConfigBuilder builder(URI webSocketUrl) {
        return new SessionConfigBuilder(webSocketUrl);
    }

    /** TCP, TLS and upgrade together: a deadline of our own, because the client's can be held up. */
    Duration dialTimeout() {
        return connectTimeout.plus(handshakeTimeout.multipliedBy(2));
    }

    private static void positive(String setting, Duration value) {
        Objects.requireNonNull(value, setting);
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(setting + " must be between 1 ms and 1 day, not " + value);
        }
    }

    private static void atLeast(String setting, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(setting + " must be at least " + least + ", not " + value);
        }
    }
}
