package io.github.cxoneassist.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.sandbox.ScriptedFault.Drop;
import io.github.cxoneassist.sandbox.ScriptedFault.RefuseUpgrade;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.Violation.Kind;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketsTest extends SandboxTestBase {

    @Test
    void twoAuthenticatedSocketsOfOneClientAreAViolation() {
        var sandbox = start();
        TestClient.ready(vertx, sandbox);
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.referee().violations())
                .extracting(Violation::kind, Violation::connection)
                .containsExactly(tuple(Kind.TWO_SOCKETS, 2));
        assertThat(sandbox.referee().maxOpenSockets()).isEqualTo(2);
    }

    @Test
    void aNewSocketAfterTheOldOneClosedIsNoViolation() {
        var sandbox = start();
        for (int n = 0; n < 20; n++) {
            TestClient.ready(vertx, sandbox).close(1000);
        }
        var last = TestClient.ready(vertx, sandbox);
        sandbox.dropConnections();
        last.awaitClosed();
        TestClient.ready(vertx, sandbox);
        assertThat(sandbox.referee().violations()).isEmpty();
        assertThat(sandbox.referee().maxOpenSockets()).isEqualTo(1);
        assertThat(sandbox.referee().socketCount()).isEqualTo(22);
    }

    @Test
    void aDroppedConnectionIsSeenAs1006() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        assertThat(TestClient.join(sandbox.dropConnections())).isEqualTo(1);
        assertThat(client.awaitClosed()).isEqualTo(1006);
        var socket = sandbox.referee().sockets().get(0);
        assertThat(socket.closeCode()).isEqualTo(1006);
        assertThat(socket.byServer()).isTrue();
        assertThat(socket.open()).isFalse();
    }

    @Test
    void whatWasSentBeforeADropStillArrives() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        for (int n = 0; n < 100; n++) {
            sandbox.send("{\"n\":" + n + "}");
        }
        sandbox.dropConnections();
        client.awaitClosed();
        assertThat(client.heard()).hasSize(101).last().isEqualTo("{\"n\":99}");
    }

    @Test
    void aClosedConnectionIsSeenWithItsCode() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        sandbox.closeConnections(4401, "token expired");
        assertThat(client.awaitClosed()).isEqualTo(4401);
        assertThat(sandbox.referee().sockets().get(0).closeReason()).isEqualTo("token expired");
    }

    @Test
    void theCodeOfAClientThatClosesIsRecorded() {
        var sandbox = start();
        TestClient.ready(vertx, sandbox).close(1001);
        eventually(() -> assertThat(sandbox.referee().openSockets()).isZero());
        var socket = sandbox.referee().sockets().get(0);
        assertThat(socket.closeCode()).isEqualTo(1001);
        assertThat(socket.byServer()).isFalse();
    }

    @Test
    void sendGoesToTheNewestAuthenticatedSocketAndBroadcastToAllThatAreOpen() {
        var sandbox = start();
        var older = TestClient.ready(vertx, sandbox);
        var newer = TestClient.ready(vertx, sandbox);
        var silent = TestClient.connect(vertx, sandbox);
        eventually(() -> assertThat(sandbox.referee().openSockets()).isEqualTo(3));

        assertThat(TestClient.join(sandbox.send("one"))).isEqualTo(1);
        assertThat(TestClient.join(sandbox.broadcast("not { json"))).isEqualTo(3);

        newer.awaitHeard(3);
        older.awaitHeard(2);
        silent.awaitHeard(1);
        assertThat(newer.heard()).endsWith("one", "not { json");
        assertThat(older.heard()).endsWith("not { json").hasSize(2);
        assertThat(silent.heard()).containsExactly("not { json");
    }

    @Test
    void whatIsSentToNobodyIsTold() {
        var sandbox = start();
        assertThat(TestClient.join(sandbox.send("one"))).isZero();
        assertThat(TestClient.join(agent.ack("i", "s", Map.of()))).isZero();
        assertThat(sandbox.referee().frames()).isEmpty();
    }

    @Test
    void theHistoryIsBoundedAndTheCountsAreNot() {
        var sandbox = start(SandboxConfig.builder().frameLimit(3).build());
        var client = TestClient.ready(vertx, sandbox);
        for (int n = 0; n < 10; n++) {
            client.say("n" + n);
        }
        var referee = sandbox.referee();
        eventually(() -> assertThat(referee.frameCount(Frame.Direction.IN)).isEqualTo(11));
        assertThat(referee.frames()).extracting(Frame::text).containsExactly("n7", "n8", "n9");
        assertThat(referee.violations()).hasSize(3);
        assertThat(referee.violations(Kind.UNKNOWN_FRAME)).isEqualTo(10);
    }

    @Test
    void onlyAnUpgradeOpensTheSocket() throws Exception {
        var sandbox = start();
        var http = URI.create("http://127.0.0.1:" + sandbox.port() + "/ws/v1");
        var response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(http).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(426);
        assertThat(sandbox.referee().socketCount()).isZero();
    }

    @Test
    void closingSaysGoodbyeAndKeepsTheRecord() {
        var sandbox = start();
        var client = TestClient.ready(vertx, sandbox);
        sandbox.close();
        sandbox.close();
        assertThat(client.awaitClosed()).isEqualTo(1001);
        assertThat(TestClient.join(sandbox.send("too late"))).isZero();
        assertThat(sandbox.referee().sockets()).hasSize(1);
        assertThat(sandbox.referee().violations()).isEmpty();
        assertThatThrownBy(() -> TestClient.connect(vertx, sandbox)).hasMessageContaining("refused");
    }

    @Test
    void aGivenVertxStaysOpen() {
        var sandbox = new SandboxCxone(SandboxConfig.builder().build(), agent, vertx).start();
        sandbox.close();
        assertThat(vertx.deploymentIDs()).isEmpty();
        var alive = Promise.<String>promise();
        vertx.runOnContext(v -> alive.complete("alive"));
        assertThat(TestClient.join(alive.future())).isEqualTo("alive");
    }

    @Test
    void aTakenPortIsAnErrorThatNamesIt() {
        var port = start().port();
        var second = new SandboxCxone(SandboxConfig.builder().port(port).build(), new ManualAgent());
        assertThatThrownBy(second::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("open port " + port);
        second.close();
    }

    @Test
    void startingOnAnEventLoopIsRefusedInsteadOfBlockingIt() {
        var refused = Promise.<Throwable>promise();
        var sandbox = new SandboxCxone(SandboxConfig.builder().build(), agent, vertx);
        vertx.runOnContext(v -> {
            try {
                sandbox.start();
            } catch (IllegalStateException e) {
                refused.complete(e);
            }
        });
        assertThat(TestClient.join(refused.future())).hasMessageContaining("event loop");
    }

    @Test
    void beforeItsStartItHasNoAddress() {
        var sandbox = new SandboxCxone(SandboxConfig.builder().build(), agent, vertx);
        assertThatThrownBy(sandbox::webSocketUrl).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sandbox.send("x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRefusedUpgradeShowsItsStatusAndRetryAfterAndIsCounted() {
        var sandbox = startWith(new RefuseUpgrade(503, "7").once());
        assertThatThrownBy(() -> TestClient.connect(vertx, sandbox))
                .rootCause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, e -> {
                    assertThat(e.getStatus()).isEqualTo(503);
                    assertThat(e.getHeaders().get("Retry-After")).isEqualTo("7");
                });
        assertThat(sandbox.referee().upgradeRequestCount()).isEqualTo(1);
        assertThat(sandbox.referee().socketCount()).isZero();
    }

    @Test
    void aServerThatDropsOnAuthIsSeenAs1006() {
        var sandbox = startWith(new Drop(Occasion.AUTH).once());
        var client = TestClient.connect(vertx, sandbox);
        client.auth(sandbox.issueToken());
        assertThat(client.awaitClosed()).isEqualTo(1006);
        assertThat(client.heard()).isEmpty();
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void aSlowAuthIsAnsweredInTheEnd() {
        var sandbox = startWith(new Stall(Occasion.AUTH, Duration.ofMillis(200)).once());
        var client = TestClient.connect(vertx, sandbox);
        var before = System.nanoTime();
        client.auth(sandbox.issueToken());
        client.awaitHeard(1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(195));
    }

    @Test
    void anAuthThatIsAnsweredAfterTheClientLeftGoesNowhere() {
        var held = new CompletableFuture<Runnable>();
        var sandbox = start();
        sandbox.misbehave(new Fault() {
            @Override
            public void atAuth(Connection connection, Runnable goOn) {
                var loop = Vertx.currentContext();
                held.complete(() -> loop.runOnContext(v -> goOn.run()));
            }
        });
        var client = TestClient.connect(vertx, sandbox);
        client.auth(sandbox.issueToken());
        var answer = held.orTimeout(5, TimeUnit.SECONDS).join();
        client.close(1000);
        client.awaitClosed();

        answer.run();
        assertThat(TestClient.join(sandbox.broadcast("all that was to happen has happened")))
                .isZero();

        assertThat(sandbox.referee().frames(Frame.Direction.OUT)).isEmpty();
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void aServerThatClosesAfterSomeFramesTakesThemFirst() {
        var sandbox = startWith(new Drop(Occasion.FRAME).once().after(2));
        var client = TestClient.ready(vertx, sandbox);
        client.say(Frames.suggest("i", "a"));
        client.say(Frames.suggest("i", "b"));
        client.say(Frames.suggest("i", "c"));
        assertThat(client.awaitClosed()).isEqualTo(1006);
        assertThat(sandbox.referee().suggestions())
                .extracting(ReceivedSuggestion::id)
                .containsExactly("a", "b");
        assertThat(sandbox.referee().violations()).isEmpty();
    }

    @Test
    void itRunsOnTheVertxOfItsClientAsWell() {
        var shared = Vertx.vertx();
        try (var sandbox = new SandboxCxone(SandboxConfig.builder().build(), agent, shared).start()) {
            var client = TestClient.ready(shared, sandbox);
            client.say(Frames.suggest("i", "s"));
            eventually(() -> assertThat(sandbox.referee().sends("s")).isEqualTo(1));
        } finally {
            TestClient.join(shared.close());
        }
    }
}
