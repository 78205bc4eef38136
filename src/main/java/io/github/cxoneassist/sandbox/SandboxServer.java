package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The server behind {@link SandboxCxone}. A verticle, because that gives one event loop to everything (so no lock, and
 * one order), and an end that takes the server and all timers with it.
 */
final class SandboxServer extends AbstractVerticle {

    static final String HOST = "127.0.0.1";
    static final String WEB_SOCKET_PATH = "/ws/v1";
    static final String TOKEN_PATH = "/oauth2/token";
    static final String PASSWORD_TOKEN_PATH = "/auth/token";

    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    private final SandboxConfig config;
    private final Agent agent;
    private final Referee referee;
    private final Tokens tokens;
    private final TokenEndpoint tokenEndpoint;
    private final ControlEndpoint control;
    /** Oldest first. */
    private final List<Connection> connections = new ArrayList<>();

    private volatile Fault fault = Fault.NONE;
    private volatile int port;
    private volatile boolean stopped;

    SandboxServer(SandboxConfig config, Agent agent, Referee referee, Tokens tokens) {
        this.config = config;
        this.agent = agent;
        this.referee = referee;
        this.tokens = tokens;
        this.tokenEndpoint = new TokenEndpoint(config, tokens, referee, this::fault);
        this.control = new ControlEndpoint(this, referee);
    }

    @Override
    public void start(Promise<Void> started) {
        agent.sitsDownAt(new LiveDesktop(this, config, referee));
        vertx.createHttpServer(new HttpServerOptions()
                        .setHost(HOST)
                        .setPort(config.port())
                        .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
                        .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES))
                .requestHandler(this::route)
                .listen()
                .onSuccess(server -> port = server.actualPort())
                .<Void>mapEmpty()
                .onComplete(started);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** 0 until started. */
    int port() {
        return port;
    }

    Fault fault() {
        return fault;
    }

    /**
     * A script that is under way ends; in the order of the calls, from whatever threads they come.
     *
     * @return when it has begun
     */
    synchronized Future<Void> misbehave(Fault how) {
        var before = fault;
        fault = how;
        if (context == null || stopped) {
            return Future.succeededFuture();
        }
        var begun = Promise.<Void>promise();
        context.runOnContext(v -> {
            if (before instanceof ScriptRun script) {
                script.end();
            }
            if (how instanceof ScriptRun script) {
                script.begin();
            }
            begun.complete();
        });
        return begun.future();
    }

    Future<Void> play(FaultScript script) {
        return misbehave(new ScriptRun(script, this));
    }

    List<Step> faultsUnderWay() {
        return fault instanceof ScriptRun script ? script.underWay() : List.of();
    }

    /** To be asked on the event loop. */
    List<Connection> open() {
        return connections.stream().filter(Connection::isOpen).toList();
    }

    void rejectTokens() {
        tokens.rejectAll();
    }

    /** Behaves again, and begins a new record. */
    Future<Void> reset() {
        misbehave(Fault.NONE);
        if (context == null || stopped) {
            referee.reset();
            agent.forgets();
            return Future.succeededFuture();
        }
        var done = Promise.<Void>promise();
        context.runOnContext(v -> {
            referee.reset();
            agent.forgets();
            done.complete();
        });
        return done.future();
    }

    Duration patience() {
        return config.patience();
    }

    Optional<String> clientOf(String token) {
        return tokens.clientOf(token);
    }

    void show(ReceivedSuggestion suggestion) {
        agent.sees(suggestion);
    }

    void forget(Connection connection) {
        connections.remove(connection);
    }

    void later(Duration delay, Runnable action) {
        if (stopped) {
            return;
        }
        context.runOnContext(v -> vertx.setTimer(Math.max(1, delay.toMillis()), id -> action.run()));
    }

    /** @return how many connections it was done to */
    Future<Integer> each(Predicate<Connection> which, Consumer<Connection> action) {
        return onLoop(() -> connections.stream().filter(which).toList(), action);
    }

    /** @return 1, or 0 where there is none such */
    Future<Integer> newest(Predicate<Connection> which, Consumer<Connection> action) {
        return onLoop(
                () -> connections.stream()
                        .filter(which)
                        .reduce((older, newer) -> newer)
                        .map(List::of)
                        .orElse(List.of()),
                action);
    }

    private Future<Integer> onLoop(Supplier<List<Connection>> chosen, Consumer<Connection> action) {
        if (context == null) {
            throw new IllegalStateException("The sandbox is not started");
        }
        if (stopped) {
            return Future.succeededFuture(0);
        }
        var done = Promise.<Integer>promise();
        context.runOnContext(v -> {
            // a copy, since what is done to a connection may take it off the list
            var these = chosen.get();
            these.forEach(action);
            done.complete(these.size());
        });
        return done.future();
    }

    private void route(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case TOKEN_PATH, PASSWORD_TOKEN_PATH -> tokenEndpoint.handle(request);
            case WEB_SOCKET_PATH -> upgrade(request);
            case ControlEndpoint.FAULTS_PATH, ControlEndpoint.REFEREE_PATH -> control.handle(request);
            default -> request.response().setStatusCode(404).end();
        }
    }

    private void upgrade(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            request.response()
                    .setStatusCode(426)
                    .putHeader("Upgrade", "websocket")
                    .end();
            return;
        }
        referee.upgradeRequested();
        // a fault may take its time, and what arrives meanwhile must not be lost
        request.pause();
        fault.atUpgrade(request, () -> request.toWebSocket().onSuccess(socket -> {
            var connection = new Connection(referee.opened(), socket, request.connection(), this, referee);
            connections.add(connection);
            connection.start();
            fault.atConnect(connection);
        }));
    }
}
