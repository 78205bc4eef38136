package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.CachingTokenSource;
import io.github.cxoneassist.oauth.Grant;
import io.github.cxoneassist.oauth.OAuthSettings;
import io.github.cxoneassist.oauth.OAuthTokenClient;
import io.github.cxoneassist.sandbox.Agent;
import io.github.cxoneassist.sandbox.Desktop;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that takes notes of every breach of the contract. */
class SessionRefereeTest extends SessionFixture {

    /** Acknowledges a moment later, so that drops find suggestions without an answer. */
    private static final class SlowReader implements Agent {

        private Desktop desktop;

        @Override
        public void sitsDownAt(Desktop mine) {
            desktop = mine;
        }

        @Override
        public void sees(ReceivedSuggestion suggestion) {
            desktop.later(
                    Duration.ofMillis(30),
                    () -> desktop.acknowledge(suggestion.interactionId(), suggestion.id(), Map.of()));
        }
    }

    private final ExecutorService tokenRequests = Executors.newSingleThreadExecutor();

    @AfterEach
    void stopTokenRequests() {
        tokenRequests.shutdownNow();
    }

    @Test
    void tokensThatLastTwoSecondsAreRenewedInPlaceWhileSuggestionsGoOn() {
        try (var cxone = cxone(Duration.ofSeconds(2))) {
            startAt(cxone, b -> b);
            List<Future<Instant>> sends = new ArrayList<>();
            await().atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        sends.add(session.sendAndAwaitAck(suggestion("s" + sends.size())));
                        return recorder.events.stream()
                                        .filter(event -> event.kind() == SessionEvent.Kind.TOKEN_RENEWED)
                                        .count()
                                >= 3;
                    });
            sends.forEach(TestServer::await);

            assertThat(cxone.referee().violations()).isEmpty();
            assertThat(cxone.referee().socketCount()).isEqualTo(1);
            assertThat(cxone.referee().tokenRequestCount()).isGreaterThanOrEqualTo(4);
            assertThat(cxone.referee().suggestionCount()).isEqualTo(sends.size());
        }
    }

    @Test
    void everySuggestionIsAcknowledgedHoweverOftenTheConnectionDrops() {
        try (var cxone = cxone(Duration.ofHours(1))) {
            startAt(cxone, b -> b.inFlight(20).sendTimeout(Duration.ofSeconds(30)));
            List<Future<Instant>> sends = new ArrayList<>();
            for (int drops = 1; drops <= 10; drops++) {
                awaitState(READY);
                for (int i = 0; i < 30; i++) {
                    sends.add(session.sendAndAwaitAck(suggestion("s" + sends.size())));
                }
                int some = sends.size() - 20;
                await().until(() -> cxone.referee().suggestionCount() > some);
                TestServer.await(cxone.dropConnections());
            }
            sends.forEach(TestServer::await);

            // an acknowledgement that was lost with its connection makes a repetition right: the server cannot know
            assertThat(cxone.referee().violations())
                    .allMatch(violation -> violation.text().contains("had been answered"));
            assertThat(cxone.referee().maxOpenSockets()).isEqualTo(1);
            assertThat(cxone.referee().framesBeforeAuthSuccess()).isEmpty();
            assertThat(session.status().inFlight()).isZero();
            assertThat(session.status().waiting()).isZero();
        }
    }

    private SandboxCxone cxone(Duration tokenLifetime) {
        return new SandboxCxone(
                        SandboxConfig.builder()
                                .tokenLifetime(tokenLifetime)
                                .maxActive(1_000_000)
                                .build(),
                        new SlowReader(),
                        vertx)
                .start();
    }

    private void startAt(SandboxCxone cxone, java.util.function.UnaryOperator<SessionConfigBuilder> options) {
        SandboxConfig known = SandboxConfig.builder().build();
        OAuthSettings settings = new OAuthSettings(
                URI.create(cxone.tokenUrl()),
                Grant.CLIENT_CREDENTIALS,
                known.clientId(),
                known.clientSecret(),
                OAuthSettings.DEFAULT_SCOPE,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60));
        SessionConfigBuilder quick = SessionConfig.builder(URI.create(cxone.webSocketUrl()))
                .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(20)));
        Clock clock = Clock.systemUTC();
        session = new AssistSession(
                "test",
                options.apply(quick).build(),
                new CachingTokenSource(
                        new OAuthTokenClient(settings, tokenRequests, clock), clock, settings.renewBefore()),
                vertx,
                clock,
                new Random(1),
                recorder);
        session.start();
    }
}
