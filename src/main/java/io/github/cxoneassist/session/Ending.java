package io.github.cxoneassist.session;

import io.github.cxoneassist.http.RetryAfter;
import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.TokenException;
import io.github.cxoneassist.tls.TlsFailure;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;

/**
 * Why an attempt ended, in the words by which the session decides when to try again.
 *
 * @param retryAfter the least delay; zero where the server named none
 */
record Ending(SessionEvent.Kind kind, String reason, Duration retryAfter) {

    /** What a socket reports that went away without a close frame. */
    static final int ABNORMAL = 1006;

    static final int POLICY_VIOLATION = 1008;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    Ending without(AccessToken token) {
        return new Ending(kind, ServerText.hide(reason, token), retryAfter);
    }

    static Ending network(String reason) {
        return new Ending(SessionEvent.Kind.NETWORK, reason, Duration.ZERO);
    }

    static Ending authentication(String reason) {
        return new Ending(SessionEvent.Kind.AUTHENTICATION, reason, Duration.ZERO);
    }

    static Ending requested(String reason) {
        return new Ending(SessionEvent.Kind.REQUESTED, reason, Duration.ZERO);
    }

    static Ending ofToken(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof TokenException e)) {
            return network("no access token: " + cause.getClass().getSimpleName());
        }
        String reason = "no access token: " + e.getMessage();
        if (!e.retryable()) {
            return authentication(reason);
        }
        return e.retryAfter()
                .map(wait -> new Ending(SessionEvent.Kind.THROTTLED, reason, wait))
                .orElseGet(() -> network(reason));
    }

    static Ending ofDial(Throwable failure, URI url, Instant now) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UpgradeRejectedException refused) {
                return ofStatus(refused.getStatus(), refused.getHeaders(), now);
            }
        }
        return network("could not connect: "
                + TlsFailure.explain(failure, url.getRawAuthority())
                        .orElseGet(() -> ServerText.clean(failure.toString()) + clientCertificate(failure, url)));
    }

    // with TLS 1.3 the server finds the certificate missing when we are through already, and then just goes away
    private static String clientCertificate(Throwable failure, URI url) {
        return failure instanceof WebSocketHandshakeException && "wss".equalsIgnoreCase(url.getScheme())
                ? "; if " + url.getRawAuthority() + " asks for a client certificate, put one that it accepts into the"
                        + " key store (sslContextParameters)"
                : "";
    }

    private static Ending ofStatus(int status, MultiMap headers, Instant now) {
        String reason = "upgrade refused with status " + status;
        if (status == 401 || status == 403) {
            return authentication(reason);
        }
        Duration wait = RetryAfter.parse(headers == null ? null : headers.get("Retry-After"), now, LONGEST_WAIT)
                .orElse(status == 429 ? RetryAfter.DEFAULT : Duration.ZERO);
        return wait.isZero() ? network(reason) : new Ending(SessionEvent.Kind.THROTTLED, reason, wait);
    }

    static Ending ofClose(int code, String words) {
        String reason = "closed by the peer with code " + code + (words.isEmpty() ? "" : " (" + words + ")");
        return switch (code) {
            // 4401 and 4403: the usual private codes for "token expired" and "not allowed"
            case POLICY_VIOLATION, 4401, 4403 -> authentication(reason);
            default -> network(reason);
        };
    }
}
