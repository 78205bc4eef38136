package io.github.cxoneassist.sandbox;

import io.github.cxoneassist.sandbox.FaultScript.Step;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A CXone on 127.0.0.1: token endpoint, WebSocket, an {@link Agent} and a {@link Referee}. Strict: what the contract
 * doesn't allow is recorded, and dropped where a server may drop it.
 *
 * <p>Every method may be called from any thread. {@link #start}, {@link #reset} and {@link #close} wait and so refuse an event loop; the
 * others don't wait: what they send or close is done in the order of the calls, and their result is the number of
 * connections it was done to.
 */
public final class SandboxCxone implements AutoCloseable {

    private static final int DEADLINE_SECONDS = 10;
    private static final int GOING_AWAY = 1001;

    private final Vertx vertx;
    private final boolean ownsVertx;
    private final Tokens tokens;
    private final SandboxConfig config;
    private final Referee referee;
    private final SandboxServer server;
    private String deployment;
    private boolean closed;

    /** Makes a Vert.x of its own, and closes it at the end. */
    public SandboxCxone(SandboxConfig config, Agent agent) {
        this(config, agent, Vertx.vertx(), true);
    }

    /** Runs on the given Vert.x, which stays open. */
    public SandboxCxone(SandboxConfig config, Agent agent, Vertx vertx) {
        this(config, agent, vertx, false);
    }

    private SandboxCxone(SandboxConfig config, Agent agent, Vertx vertx, boolean ownsVertx) {
        this.config = config;
        this.vertx = vertx;
        this.ownsVertx = ownsVertx;
        this.tokens = new Tokens(config.clock(), config.tokenLifetime());
        this.referee = new Referee(config);
        this.server = new SandboxServer(config, agent, referee, tokens);
    }

    /**
     * Returns when the port is open.
     *
     * @throws IllegalStateException if the port is taken, if called twice, or on an event loop
     */
    public synchronized SandboxCxone start() {
        if (deployment != null) {
            throw new IllegalStateException("The sandbox is started already; make a new one to start again");
        }
        deployment = await(vertx.deployVerticle(server), "open port " + config.port());
        return this;
    }

    /** Where {@code client_credentials} is asked for; both paths serve both grants. */
    public String tokenUrl() {
        return url("http", SandboxServer.TOKEN_PATH);
    }

    /** Where CXone itself serves the password grant. */
    public String passwordTokenUrl() {
        return url("http", SandboxServer.PASSWORD_TOKEN_PATH);
    }

    public String webSocketUrl() {
        return url("ws", SandboxServer.WEB_SOCKET_PATH);
    }

    /** @throws IllegalStateException before {@link #start} */
    public int port() {
        if (server.port() == 0) {
            throw new IllegalStateException("The sandbox has no port yet; start it first");
        }
        return server.port();
    }

    public Referee referee() {
        return referee;
    }

    /**
     * In place of the script that may be under way; {@link FaultScript#NONE} ends it. It has begun when this returns,
     * but for a caller on an event loop, which must not wait for another one.
     */
    public void play(FaultScript script) {
        awaitBeginning(server.play(script));
    }

    /** What of the script is under way: empty when it is over, or none was played. */
    public List<Step> faultsUnderWay() {
        return server.faultsUnderWay();
    }

    /**
     * Behaves again, begins a new record, and lets the agent forget; open connections and good tokens stay. For a
     * sandbox that serves several tests. Waits, and so refuses an event loop.
     */
    public void reset() {
        await(server.reset(), "begin anew");
    }

    /** In place of the script that may be under way; {@link Fault#NONE} ends it. Begins as {@link #play} does. */
    public void misbehave(Fault how) {
        awaitBeginning(server.misbehave(how));
    }

    /** A good token without the way through the token endpoint, and without a trace in the record. */
    public String issueToken() {
        return tokens.issue(config.clientId());
    }

    /** Makes every token that was issued so far unknown. Open connections stay open. */
    public void rejectTokens() {
        tokens.rejectAll();
    }

    /** Sends any text to the newest authenticated connection. */
    public Future<Integer> send(String rawText) {
        return server.newest(Connection::isReady, connection -> connection.send(rawText));
    }

    /** Sends any text to every open connection, authenticated or not. */
    public Future<Integer> broadcast(String rawText) {
        return server.each(Connection::isOpen, connection -> connection.send(rawText));
    }

    /** Ends every TCP connection without a close frame: the clients see 1006. */
    public Future<Integer> dropConnections() {
        return server.each(Connection::isOpen, Connection::drop);
    }

    public Future<Integer> closeConnections(int code, String reason) {
        return server.each(Connection::isOpen, connection -> connection.close(code, reason));
    }

    /** Says goodbye to all connections, closes the port, and keeps the record readable. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (deployment != null) {
            // whoever is silenced by a fault could not be told
            misbehave(Fault.NONE);
            await(closeConnections(GOING_AWAY, "the sandbox closes"), "close its connections");
            if (vertx.deploymentIDs().contains(deployment)) {
                await(vertx.undeploy(deployment), "close its port");
            }
        }
        if (ownsVertx) {
            await(vertx.close(), "close its Vert.x");
        }
    }

    private String url(String scheme, String path) {
        return scheme + "://" + SandboxServer.HOST + ":" + port() + path;
    }

    private static void awaitBeginning(Future<Void> begun) {
        if (!Context.isOnEventLoopThread()) {
            await(begun, "begin to misbehave");
        }
    }

    private static <T> T await(Future<T> future, String what) {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("The sandbox waits to " + what + "; not on an event loop");
        }
        try {
            return future.toCompletionStage().toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the sandbox was to " + what, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The sandbox could not " + what + "; see the cause", e);
        }
    }
}
