package io.github.cxoneassist.session;

import io.github.cxoneassist.tls.TlsEngine;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket, from the dial to its end. Has a client to itself: closing that is the only way to get rid of a socket
 * that is still shaking hands, or whose peer doesn't answer a close frame. Whatever happens, the owner hears
 * {@code ended} once, after the socket is gone, and nothing afterwards. Only on the session's event loop.
 */
final class Connection implements Wire.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    interface Events {
        void opened();

        void text(String text);

        /** A frame that was not taken: binary, or too large. */
        void unreadable(String why);

        void pong();

        void writable();

        void ended(Ending ending);
    }

    private final SessionParts parts;
    private final Events events;

    private WebSocketClient client;
    private ClientWebSocket socket;
    private boolean open;
    private boolean paused;
    private Ending ending;
    private boolean finishing;
    private boolean ended;
    private long deadline = Timers.NONE;

    Connection(SessionParts parts, Events events) {
        this.parts = parts;
        this.events = events;
    }

    void dial() {
        try {
            client = parts.context().owner().createWebSocketClient(clientOptions());
            connect(client.webSocket());
        } catch (RuntimeException e) {
            abort(failedDial(e));
        }
    }

    @Override
    public boolean full() {
        // a socket that is closing throws on writeQueueFull, and takes nothing more
        return !isOpen() || socket.writeQueueFull();
    }

    boolean isOpen() {
        return open && !finishing && ending == null && !socket.isClosed();
    }

    @Override
    public Future<Void> write(String text) {
        return socket.writeTextMessage(text);
    }

    void ping() {
        if (open && !finishing) {
            socket.writePing(Buffer.buffer("alive"));
        }
    }

    void pause() {
        if (open && !finishing) {
            paused = true;
            socket.pause();
        }
    }

    void resume() {
        if (paused && !finishing) {
            paused = false;
            socket.resume();
        }
    }

    /** Says goodbye where there is somebody to say it to, and waits a little for the answer. */
    void close(int code, String words, Ending why) {
        if (ending != null || finishing) {
            return;
        }
        ending = why;
        if (!open) {
            finish();
            return;
        }
        socket.close((short) code, words);
        deadline = parts.timers().set(parts.config().closeTimeout(), this::finish);
    }

    /** For a peer that is gone, or never came. */
    void abort(Ending why) {
        if (ending == null) {
            ending = why;
        }
        finish();
    }

    private void connect(ClientWebSocket fresh) {
        socket = fresh;
        // before connect: the first frames may come together with the handshake
        socket.textMessageHandler(text -> ifAlive(() -> events.text(text)));
        socket.binaryMessageHandler(bytes -> ifAlive(() -> events.unreadable("binary")));
        socket.pongHandler(pong -> ifAlive(events::pong));
        socket.drainHandler(drained -> ifAlive(events::writable));
        socket.exceptionHandler(this::trouble);
        socket.closeHandler(closed -> closed());
        socket.connect(connectOptions()).onComplete(this::connected);
    }

    private void connected(AsyncResult<WebSocket> result) {
        if (finishing) {
            if (result.succeeded()) {
                result.result().close();
            }
        } else if (result.succeeded()) {
            open = true;
            events.opened();
        } else {
            abort(failedDial(result.cause()));
        }
    }

    private Ending failedDial(Throwable failure) {
        return Ending.ofDial(
                failure, parts.config().webSocketUrl(), parts.clock().instant());
    }

    private void closed() {
        if (finishing) {
            return;
        }
        Short code = socket.closeStatusCode();
        int known = code == null ? Ending.ABNORMAL : code;
        Ending why = Ending.ofClose(known, ServerText.clean(socket.closeReason()));
        if (paused) {
            // what came before the close and waits behind the pause was sent in good faith
            socket.resume();
        }
        // a turn later: after those frames, and after our echo of the close frame is out
        parts.context().runOnContext(later -> abort(why));
    }

    // the close handler decides what happens next; both are called for the same close
    private void trouble(Throwable trouble) {
        LOG.debug("Session {}: {}", parts.name(), trouble.toString());
        boolean oversized = trouble instanceof DecoderException || trouble instanceof IllegalStateException;
        if (oversized) {
            ifAlive(() -> events.unreadable("larger than a frame or a message may be"));
        }
    }

    private void finish() {
        if (finishing) {
            return;
        }
        finishing = true;
        parts.timers().cancel(deadline);
        // the client closes what it has; should it ever not say so, the session must go on
        deadline = parts.timers().set(parts.config().closeTimeout(), this::end);
        if (client == null) {
            end();
        } else {
            client.close().onComplete(closed -> end());
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            parts.timers().cancel(deadline);
            events.ended(ending);
        }
    }

    private void ifAlive(Runnable event) {
        if (!finishing) {
            event.run();
        }
    }

    private WebSocketClientOptions clientOptions() {
        SessionConfig config = parts.config();
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setSslHandshakeTimeout(config.handshakeTimeout().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setMaxFrameSize(config.maxFrameSize())
                .setMaxMessageSize(Math.max(config.maxFrameSize(), config.maxMessageSize()));
        if (isTls()) {
            TlsEngine.use(parts.tls(), options.setVerifyHost(true));
        }
        return options;
    }

    private boolean isTls() {
        return "wss".equalsIgnoreCase(parts.config().webSocketUrl().getScheme());
    }

    private WebSocketConnectOptions connectOptions() {
        URI url = parts.config().webSocketUrl();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        int port = url.getPort() > 0 ? url.getPort() : isTls() ? 443 : 80;
        return new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(isTls())
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setAllowOriginHeader(false)
                .setTimeout(parts.config().handshakeTimeout().toMillis());
    }
}
