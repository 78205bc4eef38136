package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.AUTHENTICATING;
import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.session.SessionUnavailableException.Fate;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whoever sends may change his mind for as long as the frame has not left. */
class SessionWantedTest extends SessionFixture {

    private final AtomicBoolean wanted = new AtomicBoolean(true);

    @Test
    void whatIsNotWantedAnyMoreWhenItsTurnComesIsDroppedAndItsSenderIsTold() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            awaitTheFirst(server);
            Future<Instant> dropped = session.send(suggestion("s1"), wanted::get);
            Future<Instant> kept = session.send(suggestion("s2"));
            wanted.set(false);
            server.letIn();

            TestServer.await(kept);
            assertThat(failure(dropped))
                    .hasMessageStartingWith(
                            "The suggestion was not wanted any more when it could be sent: session test")
                    .extracting(SessionUnavailableException::fate)
                    .isEqualTo(Fate.NOT_SENT);
            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s2"));
            assertThat(session.status().waiting()).isZero();
        }
    }

    @Test
    void whatIsNotWantedAnyMoreIsNotSentAgainOnTheNextConnection() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            awaitTheFirst(server);
            server.letIn();
            awaitState(READY);
            TestServer.await(session.send(suggestion("s1"), wanted::get));
            TestServer.await(session.send(suggestion("s2")));
            await().until(() -> server.suggestions().size() == 2);
            server.drop();
            await().until(() -> server.frames.stream().filter(AUTH::equals).count() == 2);
            wanted.set(false);
            server.letIn();

            TestServer.await(session.send(suggestion("s3")));
            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1", "s2", "s2", "s3"));
            assertThat(session.status().inFlight()).isEqualTo(2);
        }
    }

    @Test
    void whoAwaitsTheAnswerToOneThatIsNotSentAgainIsToldThatNobodyAcknowledgedIt() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            awaitTheFirst(server);
            server.letIn();
            awaitState(READY);
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"), wanted::get);
            await().until(() -> server.suggestions().size() == 1);
            server.drop();
            await().until(() -> server.frames.stream().filter(AUTH::equals).count() == 2);
            wanted.set(false);
            server.letIn();

            assertThat(failure(acknowledged).fate()).isEqualTo(Fate.UNACKNOWLEDGED);
            assertThat(server.suggestions()).containsExactly("s1");
        }
    }

    @Test
    void whereNobodyCanSayWhetherItIsWantedItIsSent() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            awaitTheFirst(server);
            server.letIn();

            TestServer.await(session.send(suggestion("s1"), () -> {
                throw new IllegalStateException("on purpose");
            }));

            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1"));
        }
    }

    private void awaitTheFirst(LateAuthServer server) {
        awaitState(AUTHENTICATING);
        await().until(() -> server.frames.size() == 1);
    }
}
