package io.github.cxoneassist.session;

import java.net.URI;
import java.time.Duration;

/** Collects a {@link SessionConfig}; each setter is named after the component it sets. Not thread-safe. */
public final class SessionConfigBuilder {

    private final URI webSocketUrl;
    private Backoff backoff = Backoff.NETWORK;
    private Backoff authBackoff = Backoff.AUTHENTICATION;
    private Duration tokenTimeout = Duration.ofSeconds(15);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration authTimeout = Duration.ofSeconds(10);
    private Duration pingInterval = Duration.ofSeconds(15);
    private int missedPings = 2;
    private Duration sendTimeout = Duration.ofSeconds(10);
    private Duration ackTimeout = Duration.ofSeconds(30);
    private int ackRetries = 0;
    private boolean resendUnacknowledged = true;
    private Duration renewBefore = Duration.ofSeconds(60);
    private Duration stableAfter = Duration.ofSeconds(30);
    private Duration drainTimeout = Duration.ofSeconds(5);
    private Duration closeTimeout = Duration.ofSeconds(1);
    private int maxWaiting = 1000;
    private int inFlight = 1000;
    private int maxInbound = 256;
    private int maxFrameSize = 8 * 1024 * 1024;
    private int maxMessageSize = 1024 * 1024;

    SessionConfigBuilder(URI webSocketUrl) {
        this.webSocketUrl = webSocketUrl;
    }

    public SessionConfigBuilder backoff(Backoff value) {
        backoff = value;
        return this;
    }

    public SessionConfigBuilder authBackoff(Backoff value) {
        authBackoff = value;
        return this;
    }

    public SessionConfigBuilder tokenTimeout(Duration value) {
        tokenTimeout = value;
        return this;
    }

    public SessionConfigBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    public SessionConfigBuilder handshakeTimeout(Duration value) {
        handshakeTimeout = value;
        return this;
    }

    public SessionConfigBuilder authTimeout(Duration value) {
        authTimeout = value;
        return this;
    }

    public SessionConfigBuilder pingInterval(Duration value) {
        pingInterval = value;
        return this;
    }

    public SessionConfigBuilder missedPings(int value) {
        missedPings = value;
        return this;
    }

    public SessionConfigBuilder sendTimeout(Duration value) {
        sendTimeout = value;
        return this;
    }

    public SessionConfigBuilder ackTimeout(Duration value) {
        ackTimeout = value;
        return this;
    }

    public SessionConfigBuilder ackRetries(int value) {
        ackRetries = value;
        return this;
    }

    public SessionConfigBuilder resendUnacknowledged(boolean value) {
        resendUnacknowledged = value;
        return this;
    }

    public SessionConfigBuilder renewBefore(Duration value) {
        renewBefore = value;
        return this;
    }

    public SessionConfigBuilder stableAfter(Duration value) {
        stableAfter = value;
        return this;
    }

    public SessionConfigBuilder drainTimeout(Duration value) {
        drainTimeout = value;
        return this;
    }

    public SessionConfigBuilder closeTimeout(Duration value) {
        closeTimeout = value;
        return this;
    }

    public SessionConfigBuilder maxWaiting(int value) {
        maxWaiting = value;
        return this;
    }

    public SessionConfigBuilder inFlight(int value) {
        inFlight = value;
        return this;
    }

    public SessionConfigBuilder maxInbound(int value) {
        maxInbound = value;
        return this;
    }

    public SessionConfigBuilder maxFrameSize(int value) {
        maxFrameSize = value;
        return this;
    }

    public SessionConfigBuilder maxMessageSize(int value) {
        maxMessageSize = value;
        return this;
    }

    /** @throws IllegalArgumentException names the setting that makes no sense */
    public SessionConfig build() {
        return new SessionConfig(
                webSocketUrl,
                backoff,
                authBackoff,
                tokenTimeout,
                connectTimeout,
                handshakeTimeout,
                authTimeout,
                pingInterval,
                missedPings,
                sendTimeout,
                ackTimeout,
                ackRetries,
                resendUnacknowledged,
                renewBefore,
                stableAfter,
                drainTimeout,
                closeTimeout,
                maxWaiting,
                inFlight,
                maxInbound,
                maxFrameSize,
                maxMessageSize);
    }
}
