package io.github.cxoneassist.sandbox;

import io.vertx.core.http.HttpServerRequest;

/**
 * A way to misbehave, for tests of whoever talks to the sandbox; for all but the odd one there is {@link FaultScript}. Each method is asked before the sandbox does its part;
 * {@code goOn} does it, at once or later, and not calling it leaves it undone. All calls are made on the event loop of
 * the sandbox, and {@code goOn} belongs there too.
 */
public interface Fault {

    /** Behaves. */
    Fault NONE = new Fault() {};

    /** A token request was read and recorded. An implementation that doesn't go on may answer itself, or never. */
    default void atTokenRequest(HttpServerRequest request, Runnable goOn) {
        goOn.run();
    }

    /** A client asks for the WebSocket. An implementation that doesn't go on may answer itself, or never. */
    default void atUpgrade(HttpServerRequest request, Runnable goOn) {
        goOn.run();
    }

    /** A WebSocket was opened, and nothing came in on it yet. */
    default void atConnect(Connection connection) {}

    /** A well-formed auth frame is in; going on answers it. */
    default void atAuth(Connection connection, Runnable goOn) {
        goOn.run();
    }

    /** A frame came in after {@code auth.success}; going on judges it and shows it to the agent. */
    default void atFrame(Connection connection, Runnable goOn) {
        goOn.run();
    }

    /** An acknowledgement is about to leave; going on sends it, as often as it is called. */
    default void atAcknowledgement(Connection connection, Runnable goOn) {
        goOn.run();
    }
}
