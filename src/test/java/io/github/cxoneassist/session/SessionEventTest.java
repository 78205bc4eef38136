package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.AUTHENTICATING;
import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the journal writes comes from the events alone. */
class SessionEventTest extends SessionFixture {

    @Test
    void aSessionThatWasReadyIsConnectedAndThenDisconnected() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            TestServer.await(session.stop());

            assertThat(audited()).containsExactly("connected", "disconnected");
        }
    }

    @Test
    void aDropIsOneDisconnectHoweverManyAttemptsFollow() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            await().until(() -> server.frames.size() == 1);
            server.letIn();
            awaitState(READY);
            server.drop();
            await().until(() -> server.frames.size() == 2);
            server.drop();
            await().until(() -> server.frames.size() == 3);
            TestServer.await(session.stop());

            assertThat(audited()).containsExactly("connected", "disconnected");
        }
    }

    @Test
    void aSessionThatNeverWasReadyIsNeitherConnectedNorDisconnected() {
        try (var server = new LateAuthServer(vertx)) {
            start(server.url());
            awaitState(AUTHENTICATING);
            TestServer.await(session.stop());

            assertThat(audited()).isEmpty();
        }
    }

    @Test
    void aRefusedTokenIsAFailedAuthentication() {
        try (var server = new RefusingAuthServer(vertx)) {
            start(server.url());
            await().until(() -> recorder.count(SessionState.BACKING_OFF) == 2);

            assertThat(audited()).containsExactly("auth_failed", "auth_failed");
        }
    }

    private List<String> audited() {
        return recorder.events.stream()
                .flatMap(event -> event.auditEvents().stream())
                .toList();
    }
}
