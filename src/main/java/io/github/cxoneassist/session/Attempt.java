package io.github.cxoneassist.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.cxoneassist.oauth.AccessToken;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One numbered try: token, dial, authentication, and then the frames until the connection ends. Each step has its
 * deadline. The owner hears {@code ended} once and nothing afterwards. Only on the session's event loop.
 */
final class Attempt implements Connection.Events, Renewal.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);
    private static final int NORMAL = 1000;

    interface Owner {
        void authenticating();

        void ready();

        void renewed();

        void frame(InboundFrame frame);

        void alive();

        void writable();

        void ended(Ending ending);
    }

    private final SessionParts parts;
    private final int number;
    private final Owner owner;
    private final Connection connection;
    private final Renewal renewal;

    private AccessToken token;
    private AccessToken replaced;
    private boolean dialled;
    private boolean authenticated;
    private boolean renewing;
    private boolean refused;
    private boolean over;
    private long deadline = Timers.NONE;

    Attempt(SessionParts parts, int number, Owner owner) {
        this.parts = parts;
        this.number = number;
        this.owner = owner;
        this.connection = new Connection(parts, this);
        this.renewal = new Renewal(parts, this);
    }

    void begin() {
        within(parts.config().tokenTimeout(), "no access token");
        askForToken().whenComplete((got, failure) -> parts.context().runOnContext(v -> tokenCame(got, failure)));
    }

    int number() {
        return number;
    }

    Connection connection() {
        return connection;
    }

    /** The token that was shown to the server, or was about to be; null if none came. */
    AccessToken token() {
        return token;
    }

    /** Ends this attempt wherever it stands. */
    void stop(Ending why) {
        endBy(() -> connection.close(NORMAL, null, why), why);
    }

    /** Ends it without a goodbye. */
    void abandon(Ending why) {
        endBy(() -> connection.abort(why), why);
    }

    @Override
    public void opened() {
        owner.authenticating();
        authenticate("no answer to the auth frame");
    }

    @Override
    public void renewWith(AccessToken fresh) {
        if (connection.isOpen()) {
            replaced = token;
            token = fresh;
            renewing = true;
            authenticate("no answer to the auth frame with a renewed token");
        }
    }

    @Override
    public void expired() {
        stop(Ending.network("the access token expired, and no new one came"));
    }

    @Override
    public void text(String text) {
        parts.traffic().received.increment();
        owner.alive();
        ParsedFrame parsed = parts.parser().parse(text, parts.clock().instant());
        if (parsed instanceof ParsedFrame.AuthSuccess) {
            authSucceeded();
        } else if (parsed instanceof ParsedFrame.AuthFailure failure) {
            authFailed(failure.message());
        } else if (parsed instanceof ParsedFrame.Inbound inbound) {
            inbound(inbound.frame());
        } else if (parsed instanceof ParsedFrame.Malformed malformed) {
            malformed(malformed.reason());
        }
    }

    @Override
    public void unreadable(String why) {
        parts.traffic().received.increment();
        malformed(why);
    }

    @Override
    public void pong() {
        owner.alive();
    }

    @Override
    public void writable() {
        owner.writable();
    }

    @Override
    public void ended(Ending ending) {
        if (!over) {
            over = true;
            parts.timers().cancel(deadline);
            renewal.stop();
            // whatever the server quotes as it closes; of tokens, it has seen these two last
            owner.ended(ending.without(token).without(replaced));
        }
    }

    private CompletionStage<AccessToken> askForToken() {
        try {
            return parts.tokens().token();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void tokenCame(AccessToken got, Throwable failure) {
        if (over) {
            return;
        }
        if (failure != null || got == null) {
            ended(failure == null ? Ending.network("no access token: null came") : Ending.ofToken(failure));
            return;
        }
        token = got;
        within(parts.config().dialTimeout(), "no connection");
        dialled = true;
        connection.dial();
    }

    private void authenticate(String otherwise) {
        within(parts.config().authTimeout(), otherwise);
        connection.write(JsonNodeFactory.instance
                .objectNode()
                .put("type", "auth")
                .put("token", token.value())
                .toString());
    }

    private void authSucceeded() {
        if (refused || authenticated && !renewing) {
            return;
        }
        parts.timers().cancel(deadline);
        renewal.start(token);
        if (authenticated) {
            renewing = false;
            owner.renewed();
        } else {
            authenticated = true;
            owner.ready();
        }
    }

    private void authFailed(String words) {
        // a success that comes after it, while the close is under way, must not open the gate
        refused = true;
        parts.timers().cancel(deadline);
        renewal.stop();
        connection.close(
                Ending.POLICY_VIOLATION,
                "authentication failed",
                Ending.authentication("auth.failure: " + ServerText.clean(words, token)));
    }

    private void inbound(InboundFrame frame) {
        if (!authenticated || !frame.isOfTheProtocol()) {
            parts.traffic().unknown.increment();
            tellNowAndThen(parts.traffic().unknown.sum(), "is of a type that is not expected");
        }
        if (authenticated) {
            owner.frame(frame);
        }
    }

    private void malformed(String reason) {
        parts.traffic().malformed.increment();
        tellNowAndThen(parts.traffic().malformed.sum(), "could not be read, " + reason);
    }

    /** The first, second, fourth, eighth …: a server that sends nothing else must not fill the log. */
    private void tellNowAndThen(long count, String what) {
        if (Long.bitCount(count) == 1) {
            LOG.warn("Session {}: a frame from CXone {}; {} of the kind so far", parts.name(), what, count);
        }
    }

    private void within(Duration time, String otherwise) {
        parts.timers().cancel(deadline);
        deadline = parts.timers().set(time, () -> abandon(Ending.network(otherwise + " within " + time)));
    }

    private void endBy(Runnable ofConnection, Ending why) {
        parts.timers().cancel(deadline);
        renewal.stop();
        if (dialled) {
            ofConnection.run();
        } else {
            ended(why);
        }
    }
}
