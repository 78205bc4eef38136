package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.BACKING_OFF;
import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.oauth.AccessToken;
import io.github.cxoneassist.oauth.CachingTokenSource;
import io.github.cxoneassist.oauth.TokenSource;
import io.github.cxoneassist.session.SessionEvent.Kind;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The token of an open connection is about to expire. */
class SessionRenewalTest extends SessionFixture {

    private final AtomicInteger issued = new AtomicInteger();

    @Test
    void aNewTokenIsShownOnTheOpenSocketBeforeTheOldOneExpires() {
        try (var server = new TestServer(vertx)) {
            recorder.source = () -> issue(issued.get() == 0 ? Duration.ofSeconds(2) : Duration.ofHours(1));
            Instant began = Instant.now();
            start(server.url());
            await().until(() -> renewals() == 1);

            assertThat(server.frames).containsExactly(auth(1), auth(2));
            SessionEvent renewed = recorder.events.get(recorder.events.size() - 1);
            assertThat(renewed)
                    .extracting(SessionEvent::from, SessionEvent::to, SessionEvent::kind, SessionEvent::reason)
                    .containsExactly(READY, READY, Kind.TOKEN_RENEWED, "token renewed");
            // half of its life, not the whole
            assertThat(renewed.at()).isBetween(began.plusMillis(900), began.plusMillis(1900));
            assertThat(session.status().reason()).isEqualTo("authenticated");
            assertThat(session.status().since()).isBefore(renewed.at());
            assertThat(server.sockets).hasSize(1);
            assertThat(recorder.events.toString()).doesNotContain("T0K3N");
        }
    }

    @Test
    void theMarginIsTheOneThatWasSet() {
        try (var server = new TestServer(vertx)) {
            recorder.source = () -> issue(Duration.ofSeconds(30));
            start(server.url(), b -> b.renewBefore(Duration.ofMillis(29_300)));

            // half of the life of the token would be 15 s
            await().during(Duration.ofMillis(1500)).until(() -> renewals() == 0);
        }
    }

    @Test
    void suggestionsGoOnWhileTheAnswerIsOutstanding() {
        try (var server = new MuteRenewalServer(vertx)) {
            recorder.source = () -> issue(issued.get() == 0 ? Duration.ofSeconds(1) : Duration.ofHours(1));
            start(server.url());
            await().until(() -> server.frames.contains(auth(2)));

            TestServer.await(session.send(suggestion("s1")));
            await().until(() -> server.suggestions().equals(List.of("s1")));
            assertThat(renewals()).isZero();

            server.latest().writeTextMessage(TestServer.SUCCESS);

            await().until(() -> renewals() == 1);
            assertThat(server.sockets).hasSize(1);
        }
    }

    @Test
    void aRefusedRenewalClosesAndComesBackWithAFreshTokenAndNothingIsLost() {
        try (var server = new RefusingRenewalServer(vertx)) {
            recorder.source = () -> issue(issued.get() == 0 ? Duration.ofSeconds(1) : Duration.ofHours(1));
            start(server.url());
            awaitState(READY);
            Future<Instant> acknowledged = session.sendAndAwaitAck(suggestion("s1"));
            await().until(() -> recorder.count(READY) == 2);

            await().untilAsserted(() -> assertThat(server.suggestions()).containsExactly("s1", "s1"));
            server.answer("ack", "s1");
            TestServer.await(acknowledged);
            assertThat(server.closeCodes).containsExactly(1008);
            assertThat(server.mostOpen).hasValue(1);
            assertThat(recorder.invalidated).extracting(AccessToken::value).containsExactly("T0K3N-2");
            assertThat(server.frames).contains(auth(3));
            assertThat(recorder.latest(BACKING_OFF).reason())
                    .startsWith("auth.failure: not again; next attempt in PT0S");
            assertThat(recorder.latest(BACKING_OFF).auditEvents()).containsExactly("disconnected", "auth_failed");
            assertThat(renewals()).isZero();
        }
    }

    @Test
    void aRenewalWithoutAnAnswerEndsInAReconnect() {
        try (var server = new MuteRenewalServer(vertx)) {
            recorder.source = () -> issue(issued.get() == 0 ? Duration.ofSeconds(1) : Duration.ofHours(1));
            start(server.url(), b -> b.authTimeout(Duration.ofMillis(300)));
            await().until(() -> recorder.count(READY) == 2);

            assertThat(recorder.latest(BACKING_OFF).reason())
                    .startsWith("no answer to the auth frame with a renewed token within PT0.3S");
            assertThat(recorder.latest(BACKING_OFF).kind()).isEqualTo(Kind.NETWORK);
            assertThat(recorder.invalidated).isEmpty();
        }
    }

    @Test
    void aTokenRequestThatFailsIsTriedAgainWhileTheOldTokenIsGood() {
        try (var server = new TestServer(vertx)) {
            AtomicInteger failures = new AtomicInteger();
            recorder.source = () -> issued.get() == 1 && failures.incrementAndGet() <= 3
                    ? CompletableFuture.failedStage(new IllegalStateException("down"))
                    : issue(issued.get() == 0 ? Duration.ofSeconds(4) : Duration.ofHours(1));
            start(server.url());
            await().until(() -> renewals() == 1);

            assertThat(failures).hasValue(4);
            assertThat(server.sockets).hasSize(1);
        }
    }

    @Test
    void aTokenRequestThatNeverEndsIsGivenUpAndMadeAnew() {
        try (var server = new TestServer(vertx)) {
            AtomicInteger hung = new AtomicInteger();
            recorder.source = () -> issued.get() == 1 && hung.incrementAndGet() <= 2
                    ? new CompletableFuture<>()
                    : issue(issued.get() == 0 ? Duration.ofSeconds(4) : Duration.ofHours(1));
            start(server.url(), b -> b.tokenTimeout(Duration.ofMillis(200)));
            await().until(() -> renewals() == 1);

            assertThat(hung).hasValue(3);
            assertThat(server.sockets).hasSize(1);
        }
    }

    @Test
    void aTokenThatExpiresWithoutASuccessorEndsTheConnection() {
        try (var server = new TestServer(vertx)) {
            Instant began = Instant.now();
            recorder.source = () -> issued.get() == 0
                    ? issue(Duration.ofSeconds(1))
                    : CompletableFuture.failedStage(new IllegalStateException("down"));
            start(server.url());
            await().until(() -> recorder.count(BACKING_OFF) >= 1);

            SessionEvent end = recorder.events.get(3);
            assertThat(end.reason()).startsWith("the access token expired, and no new one came; next attempt in ");
            assertThat(end.at()).isAfterOrEqualTo(began.plusMillis(990));
            await().untilAsserted(() -> assertThat(server.closeCodes).containsExactly(1000));
        }
    }

    @Test
    void aCacheWithANarrowerMarginIsAskedUntilItHasTheNewToken() {
        try (var server = new TestServer(vertx)) {
            TokenSource cache = new CachingTokenSource(
                    () -> issue(issued.get() == 0 ? Duration.ofSeconds(3) : Duration.ofHours(1)),
                    Clock.systemUTC(),
                    Duration.ofMillis(600));
            recorder.source = cache::token;
            start(server.url());
            await().until(() -> renewals() == 1);

            assertThat(server.frames).containsExactly(auth(1), auth(2));
            assertThat(server.sockets).hasSize(1);
            assertThat(issued).hasValue(2);
        }
    }

    @Test
    void aTokenWhoseLifeWasProlongedNeedsNoNewAuthentication() {
        try (var server = new TestServer(vertx)) {
            recorder.source = () -> CompletableFuture.completedStage(
                    new AccessToken("T0K3N-1", Instant.now().plusMillis(1500)));
            start(server.url());

            await().during(Duration.ofSeconds(3)).until(() -> recorder.count(BACKING_OFF) == 0);
            assertThat(server.frames).containsExactly(AUTH);
        }
    }

    @Test
    void anAnswerThatNobodyAskedForRenewsNothing() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            server.latest().writeTextMessage(TestServer.SUCCESS);
            await().until(() -> session.status().received() == 2);

            assertThat(renewals()).isZero();
            assertThat(session.status().state()).isEqualTo(READY);
        }
    }

    @Test
    void aStopLeavesNoRenewalBehind() {
        try (var server = new TestServer(vertx)) {
            CompletableFuture<AccessToken> late = new CompletableFuture<>();
            recorder.source = () -> issued.get() == 0 ? issue(Duration.ofSeconds(1)) : late;
            start(server.url());
            await().until(() -> recorder.asked.get() == 2);
            TestServer.await(session.stop());
            late.complete(new AccessToken("T0K3N-9", Instant.now().plusSeconds(60)));

            assertThat(session.timers().running()).isZero();
            assertThat(server.frames).containsExactly(AUTH);
        }
    }

    private CompletableFuture<AccessToken> issue(Duration lifetime) {
        return CompletableFuture.completedFuture(new AccessToken(
                "T0K3N-" + issued.incrementAndGet(), Instant.now().plus(lifetime)));
    }

    private long renewals() {
        return recorder.events.stream()
                .filter(event -> event.kind() == Kind.TOKEN_RENEWED)
                .count();
    }

    private static String auth(int token) {
        return "{\"type\":\"auth\",\"token\":\"T0K3N-" + token + "\"}";
    }
}
