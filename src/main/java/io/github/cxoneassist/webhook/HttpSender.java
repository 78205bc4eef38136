package io.github.cxoneassist.webhook;

import io.github.cxoneassist.tls.TlsEngine;
import io.github.cxoneassist.tls.TlsFailure;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Sends to URLs, HTTP/1.1, and only to addresses that the rules allow. Every try looks the name up, checks <em>all</em>
 * addresses of the answer, and connects to one of these: between check and connect nobody is asked again, so a name that
 * changes its answer gains nothing. One forbidden address among good ones refuses the name, because which of them gets
 * connected would otherwise be a matter of chance, and a name that mixes both is an attack or a mistake. Connections are
 * kept for later tries, by name and address: one of them never serves a name at another address.
 *
 * <p>Redirects are answers like others. Of a body, no more than {@value #MOST_BODY} bytes are read: for a longer one the
 * status counts, and the connection is closed. Thread-safe; no thread is held while a try is under way.
 */
public final class HttpSender implements Transport, AutoCloseable {

    /** How long a connection may take, TLS included. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** How long an answer may take, from the first look at the name to the last byte of it. */
    public static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    static final int MOST_BODY = 4096;

    /**
     * More than all who deliver to one address have under way together: each has its own limit, by what its subscriber allows.
     * One that waited here would wait for connections of others, which may never answer, and its time would run.
     */
    private static final int CONNECTIONS_PER_ADDRESS = 2_048;

    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 5;

    private final Vertx vertx;
    private final HttpClient client;
    private final NameResolver names;
    private final AddressRules rules;
    private final boolean httpToLoopback;
    private final Duration connectTimeout;
    private final Duration answerTimeout;

    /**
     * @param vertx stays open when this is closed
     * @param tls whom it trusts, and which certificate it shows
     * @param httpToLoopback whether plain http is taken for the own machine, whose addresses the rules must allow too
     * @param connectTimeout for one address
     * @param answerTimeout for everything from the look-up of the name to the last byte of the answer
     */
    public HttpSender(
            Vertx vertx,
            NameResolver names,
            AddressRules rules,
            boolean httpToLoopback,
            SSLContext tls,
            Duration connectTimeout,
            Duration answerTimeout) {
        this.vertx = Objects.requireNonNull(vertx, "vertx");
        this.names = Objects.requireNonNull(names, "names");
        this.rules = Objects.requireNonNull(rules, "rules");
        this.httpToLoopback = httpToLoopback;
        this.connectTimeout = connectTimeout;
        this.answerTimeout = answerTimeout;
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(false)
                .setVerifyHost(true)
                .setDecompressionSupported(false)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setSslHandshakeTimeout(connectTimeout.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
        TlsEngine.use(tls, options);
        this.client = vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_ADDRESS))
                // the try hears of it too; Vert.x would log at ERROR what a subscriber says instead of HTTP
                .withConnectHandler(connection -> connection.exceptionHandler(told -> {}))
                .build();
    }

    @Override
    public CompletionStage<Answer> post(Delivery delivery) {
        CompletableFuture<Answer> end = new CompletableFuture<>();
        try {
            SubscriberUrl url =
                    SubscriberUrl.of(((Target.Url) delivery.subscriber().target()).url(), httpToLoopback);
            new Try(delivery, url, end).begin();
        } catch (IllegalArgumentException e) {
            end.completeExceptionally(new DeliveryException("the URL " + e.getMessage()));
        } catch (RuntimeException e) {
            end.completeExceptionally(new DeliveryException("nothing can be sent any more"));
        }
        return end.minimalCompletionStage();
    }

    /** Ends what is under way. Waits a moment for the connections to be closed, so not for an event loop. */
    @Override
    public void close() {
        try {
            client.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // they are closed with the Vert.x, or the process
        }
    }

    /** Lives on one event loop, but for its beginning. */
    private final class Try {

        private final Delivery delivery;
        private final SubscriberUrl url;
        private final CompletableFuture<Answer> end;
        private final Context context = vertx.getOrCreateContext();
        private final Buffer body = Buffer.buffer();
        private String stage;
        private HttpClientRequest request;

        Try(Delivery delivery, SubscriberUrl url, CompletableFuture<Answer> end) {
            this.delivery = delivery;
            this.url = url;
            this.end = end;
        }

        void begin() {
            onContext(() -> {
                long timer = vertx.setTimer(answerTimeout.toMillis(), late -> fail(stage + " within " + answerTimeout));
                end.whenComplete((answer, trouble) -> vertx.cancelTimer(timer));
                stage = "the name " + url.host() + " could not be looked up";
                url.literal().ifPresentOrElse(literal -> check(List.of(literal)), () -> names.resolve(url.host())
                        .whenComplete((found, trouble) -> onContext(() -> check(trouble == null ? found : List.of()))));
            });
        }

        private void check(List<InetAddress> addresses) {
            if (end.isDone()) {
                return;
            }
            if (addresses.isEmpty()) {
                fail(stage);
                return;
            }
            for (InetAddress address : addresses) {
                Optional<String> refusal = refusal(address);
                if (refusal.isPresent()) {
                    fail(url.host() + " is at " + NetUtil.toAddressString(address) + ", " + refusal.get());
                    return;
                }
            }
            connect(addresses.iterator());
        }

        private Optional<String> refusal(InetAddress address) {
            if (!url.tls() && !address.isLoopbackAddress()) {
                return Optional.of("which is not the own machine, and the URL is not https");
            }
            return rules.refusal(address)
                    .map(what -> what + ", which is not called unless " + AddressRules.SETTING + " names it");
        }

        /** The next address only where this one could not be reached at all: nothing has been sent by then. */
        private void connect(Iterator<InetAddress> addresses) {
            String address = NetUtil.toAddressString(addresses.next());
            stage = "no connection to " + url.authority() + " at " + address;
            client.request(options(address))
                    .onComplete(connected -> guarded(() -> {
                        if (end.isDone()) {
                            if (connected.succeeded()) {
                                giveBack(connected.result());
                            }
                        } else if (connected.succeeded()) {
                            send(connected.result());
                        } else if (addresses.hasNext()) {
                            connect(addresses);
                        } else {
                            fail(TlsFailure.explain(connected.cause(), url.authority())
                                    .orElseGet(() -> unreachable(connected.cause())));
                        }
                    }));
        }

        /** Too late: nothing was sent. Without a handler Vert.x tells of its own reset at ERROR. */
        private void giveBack(HttpClientRequest unused) {
            unused.exceptionHandler(told -> {});
            unused.reset();
        }

        private RequestOptions options(String address) {
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setSsl(url.tls())
                    // whose certificate it has to be
                    .setHost(url.host())
                    .setPort(url.port())
                    // who is dialled
                    .setServer(SocketAddress.inetSocketAddress(url.port(), address))
                    .setURI(url.target())
                    .setFollowRedirects(false);
            delivery.headers().forEach(options::putHeader);
            return options.putHeader(HttpHeaders.HOST, url.authority());
        }

        private void send(HttpClientRequest connected) {
            request = connected;
            stage = "no answer of " + url.authority();
            request.exceptionHandler(this::broken);
            request.send(Buffer.buffer(delivery.body())).onSuccess(this::read).onFailure(this::broken);
        }

        private void read(HttpClientResponse response) {
            stage = url.authority() + " began to answer with status " + response.statusCode() + ", but did not end";
            response.exceptionHandler(this::broken);
            response.handler(chunk -> {
                int room = MOST_BODY - body.length();
                body.appendBuffer(chunk, 0, Math.min(chunk.length(), room));
                if (chunk.length() > room) {
                    // whoever has said so much has said all that we want to know
                    answered(response);
                    request.connection().close();
                }
            });
            response.endHandler(ended -> answered(response));
        }

        private void answered(HttpClientResponse response) {
            end.complete(
                    Answer.of(response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER), body.getBytes()));
        }

        private String unreachable(Throwable cause) {
            if (cause instanceof ConnectTimeoutException) {
                return stage + " within " + connectTimeout;
            }
            return stage + ": "
                    + (cause instanceof SocketException ? "connection refused or unreachable" : "it failed");
        }

        private void broken(Throwable cause) {
            boolean closed = cause instanceof HttpClosedException
                    || cause instanceof ClosedChannelException
                    || cause instanceof SocketException;
            fail(stage + ": "
                    + TlsFailure.explain(cause, url.authority())
                            .orElse(closed ? "it closed the connection" : "what came is not HTTP"));
        }

        private void onContext(Runnable step) {
            context.runOnContext(now -> guarded(step));
        }

        /** A client that was closed throws, and so does a header that cannot be sent. */
        private void guarded(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException e) {
                fail("nothing could be sent to " + url.authority() + ": "
                        + e.getClass().getSimpleName());
            }
        }

        private void fail(String reason) {
            if (end.completeExceptionally(new DeliveryException(reason)) && request != null) {
                request.connection().close();
            }
        }
    }
}
