package io.github.cxoneassist.sandbox;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** The desktop that is wired to the server. */
final class LiveDesktop implements Desktop {

    private final SandboxServer server;
    private final SandboxConfig config;
    private final Referee referee;

    LiveDesktop(SandboxServer server, SandboxConfig config, Referee referee) {
        this.server = server;
        this.config = config;
        this.referee = referee;
    }

    @Override
    public Future<Integer> acknowledge(String interactionId, String suggestionId, Map<String, ?> more) {
        var now = config.clock().instant();
        var frame = ServerFrames.ack(interactionId, suggestionId, now, config.sentTimestamp(), more);
        return answer(interactionId, suggestionId, connection -> server.fault()
                .atAcknowledgement(connection, () -> connection.send(frame)));
    }

    @Override
    public Future<Integer> accept(String interactionId, String suggestionId, Map<String, ?> more) {
        return decide(ServerFrames.ACCEPTED, interactionId, suggestionId, more);
    }

    @Override
    public Future<Integer> dismiss(String interactionId, String suggestionId, Map<String, ?> more) {
        return decide(ServerFrames.DISMISSED, interactionId, suggestionId, more);
    }

    @Override
    public void later(Duration delay, Runnable action) {
        server.later(delay, action);
    }

    private Future<Integer> decide(String type, String interactionId, String suggestionId, Map<String, ?> more) {
        var now = config.clock().instant();
        var frame = ServerFrames.outcome(type, interactionId, suggestionId, now, more);
        return answer(interactionId, suggestionId, connection -> connection.send(frame));
    }

    private Future<Integer> answer(String interactionId, String suggestionId, Consumer<Connection> how) {
        var client = referee.clientOf(interactionId, suggestionId);
        return server.newest(
                connection -> connection.isReady() && (client.isEmpty() || client.equals(connection.clientId())), how);
    }
}
