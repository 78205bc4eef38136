package io.github.cxoneassist.oauth;

import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ResourceOwnerPasswordCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.github.cxoneassist.tls.Tls;
import io.github.cxoneassist.tls.TlsFailure;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/**
 * Asks the token endpoint once a call: no cache, no redirect, and no retry but the one of {@link HttpURLConnection} where a
 * server hangs up without a word. The HTTP is blocking (and HTTP/1.1, which the
 * endpoint needs), so it runs on the executor handed in, for the time-out at most. Thread-safe.
 */
public final class OAuthTokenClient implements TokenRequest, Closeable {

    // a token answer has a few kilobytes; more is somebody else's page
    private static final int LONGEST_BODY = 256 * 1024;

    private final OAuthSettings settings;
    private final Executor executor;
    private final Clock clock;
    private final SSLContext tls;
    private final String host;
    private volatile Runnable abort = () -> {};

    /** With the JVM's own trust store. */
    public OAuthTokenClient(OAuthSettings settings, Executor executor, Clock clock) {
        this(settings, executor, clock, Tls.ofJvm());
    }

    /** @param tls for {@code https:}; host names are checked whatever it says */
    public OAuthTokenClient(OAuthSettings settings, Executor executor, Clock clock, SSLContext tls) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.executor = Objects.requireNonNull(executor, "executor");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.tls = Objects.requireNonNull(tls, "tls");
        this.host = settings.tokenUrl().getRawAuthority();
    }

    @Override
    public CompletionStage<AccessToken> send() {
        CompletableFuture<AccessToken> answer = new CompletableFuture<>();
        AtomicReference<HttpURLConnection> open = new AtomicReference<>();
        VerifyingSocketFactory sockets = new VerifyingSocketFactory(tls.getSocketFactory());
        try {
            executor.execute(() -> ask(answer, open, sockets));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedStage(
                    TokenException.tryAgain("No thread was free to ask the token endpoint " + host, e));
        }
        // the read time-out starts anew with each byte: without this, a server that drips holds the thread for ever
        CompletableFuture<Void> timer = new CompletableFuture<Void>()
                .completeOnTimeout(null, settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        timer.thenRun(() -> giveUp(answer, open, sockets, "gave no answer within " + settings.timeout()));
        abort = () -> giveUp(answer, open, sockets, "was not waited for: the session stops");
        answer.whenComplete((token, failure) -> timer.cancel(false));
        return answer;
    }

    /** Gives up the request that is under way, with its socket and its thread. */
    @Override
    public void close() {
        abort.run();
    }

    private void ask(
            CompletableFuture<AccessToken> answer,
            AtomicReference<HttpURLConnection> open,
            VerifyingSocketFactory sockets) {
        try {
            Instant askedAt = clock.instant();
            HTTPResponse response = exchange(answer, open, sockets);
            answer.complete(new TokenAnswer(host, askedAt, settings.defaultLifetime()).read(response, clock.instant()));
        } catch (TokenException e) {
            answer.completeExceptionally(e);
        } catch (IOException e) {
            String message = TlsFailure.explain(e, host)
                    .map(why -> "Token endpoint could not be reached: " + why)
                    .orElseGet(() -> "Token endpoint " + host + " could not be reached ("
                            + e.getClass().getSimpleName() + "); check the token URL, the network and, for https:,"
                            // with TLS 1.3 the connection breaks after the handshake, and the alert is lost with it
                            + " whether it asks for a client certificate");
            answer.completeExceptionally(TokenException.tryAgain(message, e));
        } catch (RuntimeException | Error e) {
            // otherwise the callers would wait for ever
            answer.completeExceptionally(TokenException.tryAgain("Token request to " + host + " failed", e));
        }
    }

    private void giveUp(
            CompletableFuture<AccessToken> answer,
            AtomicReference<HttpURLConnection> open,
            VerifyingSocketFactory sockets,
            String why) {
        String message = "Token endpoint " + host + " " + why;
        if (answer.completeExceptionally(TokenException.tryAgain(message, new TimeoutException(message)))) {
            // a thread of its own: the executor's may all be stuck in just this, and closing TLS can block, which the
            // timer thread, being the whole JVM's, must not
            Thread closer = new Thread(() -> close(open.get(), sockets), "token-request-closer");
            closer.setDaemon(true);
            closer.start();
        }
    }

    private static void close(HttpURLConnection connection, VerifyingSocketFactory sockets) {
        if (connection != null) {
            connection.disconnect();
        }
        try {
            sockets.close();
        } catch (IOException e) {
            // the thread that reads from it gets to know
        }
    }

    private HTTPResponse exchange(
            CompletableFuture<AccessToken> answer,
            AtomicReference<HttpURLConnection> open,
            VerifyingSocketFactory sockets)
            throws IOException {
        HTTPRequest request = request();
        request.setSSLSocketFactory(sockets);
        // connects already, and shakes hands
        HttpURLConnection connection = request.toHttpURLConnection();
        open.set(connection);
        try {
            HTTPResponse response = new HTTPResponse(connection.getResponseCode());
            copyHeader(connection, response, "Content-Type");
            copyHeader(connection, response, "Retry-After");
            response.setBody(body(connection, answer));
            return response;
        } finally {
            connection.disconnect();
        }
    }

    private HTTPRequest request() {
        ClientID client = new ClientID(settings.clientId());
        Secret secret = new Secret(settings.clientSecret());
        Scope scope = Scope.parse(settings.scope());
        com.nimbusds.oauth2.sdk.TokenRequest request =
                switch (settings.grant()) {
                    case CLIENT_CREDENTIALS ->
                        new com.nimbusds.oauth2.sdk.TokenRequest(
                                settings.tokenUrl(),
                                new ClientSecretPost(client, secret),
                                new ClientCredentialsGrant(),
                                scope);
                    case PASSWORD ->
                        new com.nimbusds.oauth2.sdk.TokenRequest(
                                settings.tokenUrl(),
                                new ClientSecretBasic(client, secret),
                                new ResourceOwnerPasswordCredentialsGrant(
                                        settings.accessKeyId(), new Secret(settings.accessKeySecret())),
                                scope);
                };
        HTTPRequest http = request.toHTTPRequest();
        int timeout = Math.toIntExact(settings.timeout().toMillis());
        http.setConnectTimeout(timeout);
        http.setReadTimeout(timeout);
        http.setFollowRedirects(false);
        http.setAccept("application/json");
        return http;
    }

    private String body(HttpURLConnection connection, CompletableFuture<AccessToken> answer) throws IOException {
        boolean refused = connection.getResponseCode() >= 400;
        try (InputStream in = refused ? connection.getErrorStream() : connection.getInputStream()) {
            if (in == null) {
                return null;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes.write(buffer, 0, n);
                if (bytes.size() > LONGEST_BODY) {
                    throw new IOException("The answer is longer than " + LONGEST_BODY + " bytes");
                }
                if (answer.isDone()) {
                    throw new SocketTimeoutException("The answer did not end in time");
                }
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private static void copyHeader(HttpURLConnection from, HTTPResponse to, String name) {
        String value = from.getHeaderField(name);
        if (value != null) {
            to.setHeader(name, value);
        }
    }
}
