package io.github.cxoneassist.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.sandbox.Violation.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;

/** One WebSocket, from its upgrade to its end. All of it happens on the event loop of the sandbox. */
public final class Connection {

    private enum State {
        /** Nothing came in yet. */
        NEW,
        AUTHENTICATING,
        READY,
        /** {@code auth.failure} was sent; the client has to close. */
        REFUSED,
        ENDED
    }

    private static final int ABNORMAL = 1006;
    private static final int POLICY_VIOLATION = 1008;

    private final int number;
    private final ServerWebSocket socket;
    private final HttpConnection tcp;
    private final SandboxServer server;
    private final Referee referee;
    private State state = State.NEW;
    /** A renewal that is refused leaves it true: frames may have crossed the refusal on the wire. */
    private boolean wasReady;

    /** Made when it is first needed; null until then. */
    private Muffler muffler;

    private boolean silent;
    private String clientId = "";
    private int framesSinceAuth;

    Connection(int number, ServerWebSocket socket, HttpConnection tcp, SandboxServer server, Referee referee) {
        this.number = number;
        this.socket = socket;
        this.tcp = tcp;
        this.server = server;
        this.referee = referee;
    }

    /** From 1, in the order of opening. */
    public int number() {
        return number;
    }

    /** How many frames came in since the first {@code auth.success}, the present one included. */
    public int framesSinceAuth() {
        return framesSinceAuth;
    }

    /** Sends any text as a frame; after the end it goes nowhere. */
    public void send(String text) {
        if (state != State.ENDED) {
            referee.frameOut(number, text);
            socket.writeTextMessage(text);
        }
    }

    /** Ends the TCP connection without a close frame: the client sees 1006. What was sent before still arrives. */
    public void drop() {
        if (end(ABNORMAL, "dropped by the sandbox", true)) {
            // close() of an upgraded connection would send a close frame, so this goes to the channel under it
            var channel = ((ConnectionBase) tcp).channelHandlerContext();
            channel.flush();
            channel.close();
        }
    }

    public void close(int code, String reason) {
        if (end(code, reason, true)) {
            socket.close((short) code, reason);
        }
    }

    /** Told without its text, which is large, and means nothing. */
    void sendGarbage(Garbage garbage) {
        if (state != State.ENDED) {
            var text = garbage.text();
            referee.frameOut(number, "<garbage, " + garbage.spelling() + ", " + text.length() + " characters>");
            socket.writeTextMessage(text);
        }
    }

    void goSilent(Silence how) {
        if (state == State.ENDED) {
            return;
        }
        if (muffler == null) {
            muffler = new Muffler(this);
            var vertx = ((ConnectionBase) tcp).channelHandlerContext();
            vertx.pipeline().addBefore(vertx.name(), "muffler", muffler);
        }
        silent = true;
        if (how == Silence.READS_NOTHING) {
            referee.unseen(number);
        }
        muffler.begin(how);
    }

    /** What waited comes in now. Does nothing to a connection that is not silent. */
    void bringBack() {
        if (!silent) {
            return;
        }
        silent = false;
        muffler.end();
        if (state != State.ENDED) {
            // a client may have gone while nobody read; who answers, after all that came in before, is there
            socket.pongHandler(pong -> referee.seenAgain(number));
            socket.writePing(Buffer.buffer("still there?"));
        }
    }

    /** A client said goodbye, and nobody answers it; that it did is no secret to the referee. */
    void leftUnheard(int code, String reason) {
        end(code, reason, false);
    }

    /** Says {@code auth.failure}, and the client has to close. */
    void refuse(String message) {
        if (state != State.AUTHENTICATING) {
            return;
        }
        state = State.REFUSED;
        send(ServerFrames.authFailure(message));
        server.later(server.patience(), () -> {
            if (state == State.REFUSED) {
                breach(Kind.NOT_CLOSED_WITH_1008_AFTER_AUTH_FAILURE, "still open");
            }
        });
    }

    String clientId() {
        return clientId;
    }

    boolean isOpen() {
        return state != State.ENDED;
    }

    /** A renewal under way doesn't interrupt what was ready. */
    boolean isReady() {
        return wasReady && (state == State.READY || state == State.AUTHENTICATING);
    }

    void start() {
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(bytes -> onText("<binary, " + bytes.length() + " bytes>"));
        // without a handler Vert.x logs every abrupt end as an error; the close handler tells all that matters
        socket.exceptionHandler(e -> {});
        socket.closeHandler(v -> onClose());
    }

    private void onText(String text) {
        if (state == State.ENDED) {
            return;
        }
        var frame = StrictJson.object(text);
        var type = frame.map(f -> StrictJson.text(f, "type")).orElse("");
        var tooEarly = !wasReady && !(state == State.NEW && type.equals("auth"));
        referee.frameIn(number, text, tooEarly);
        if (tooEarly) {
            breach(Kind.FRAME_BEFORE_AUTH_SUCCESS, "a frame of type '" + type + "' while " + state);
        } else if (type.equals("auth")) {
            onAuth(frame.orElseThrow());
        } else {
            framesSinceAuth++;
            server.fault().atFrame(this, () -> judge(frame, type));
        }
    }

    private void onAuth(ObjectNode frame) {
        var token = StrictJson.text(frame, "token");
        if (frame.size() != 2 || token.isBlank()) {
            breach(Kind.WRONG_AUTH_FRAME, "not exactly the fields type and token");
        } else if (state == State.AUTHENTICATING) {
            breach(Kind.WRONG_AUTH_FRAME, "the last auth frame still waits for its answer");
        } else if (state == State.REFUSED) {
            breach(Kind.WRONG_AUTH_FRAME, "after auth.failure the connection has to be closed");
        } else {
            state = State.AUTHENTICATING;
            server.fault().atAuth(this, () -> answerAuth(server.clientOf(token)));
        }
    }

    private void answerAuth(Optional<String> client) {
        if (state != State.AUTHENTICATING) {
            return;
        }
        if (client.isPresent()) {
            clientId = client.get();
            state = State.READY;
            wasReady = true;
            referee.authenticated(number, clientId);
            send(ServerFrames.AUTH_SUCCESS);
        } else {
            refuse("The token is unknown or has expired");
        }
    }

    private void judge(Optional<ObjectNode> frame, String type) {
        if (state == State.ENDED || state == State.REFUSED) {
            return;
        }
        if (!type.equals(SuggestionFrame.TYPE)) {
            referee.violation(
                    Kind.UNKNOWN_FRAME, number, frame.isPresent() ? "type '" + type + "'" : "not a JSON object");
            return;
        }
        var reading = SuggestionFrame.read(frame.orElseThrow());
        if (!reading.errors().isEmpty()) {
            referee.violation(Kind.MALFORMED_SUGGESTION, number, String.join("; ", reading.errors()));
        }
        reading.suggestion()
                .flatMap(suggestion -> referee.received(suggestion, number))
                .ifPresent(server::show);
    }

    private void breach(Kind kind, String text) {
        referee.violation(kind, number, text);
        drop();
    }

    private void onClose() {
        var code = socket.closeStatusCode() == null ? ABNORMAL : socket.closeStatusCode();
        if (state == State.REFUSED && code != POLICY_VIOLATION) {
            referee.violation(Kind.NOT_CLOSED_WITH_1008_AFTER_AUTH_FAILURE, number, "closed with " + code);
        }
        end(code, socket.closeReason() == null ? "" : socket.closeReason(), false);
        server.forget(this);
    }

    private boolean end(int code, String reason, boolean byServer) {
        if (state == State.ENDED) {
            return false;
        }
        state = State.ENDED;
        referee.closed(number, code, reason, byServer);
        return true;
    }
}
