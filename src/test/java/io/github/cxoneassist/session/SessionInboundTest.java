package io.github.cxoneassist.session;

import static io.github.cxoneassist.session.SessionState.READY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionInboundTest extends SessionFixture {

    private final List<InboundFrame> received = Collections.synchronizedList(new ArrayList<>());

    /** Acknowledges each suggestion twice. */
    private static final class RepeatingServer extends TestServer {

        RepeatingServer(Vertx vertx) {
            super(vertx);
        }

        @Override
        void suggested(ServerWebSocket socket, String text) {
            socket.writeTextMessage(ack("s1"));
            socket.writeTextMessage(ack("s1"));
        }
    }

    @Test
    void fiveThousandFramesKeepTheirOrderAndASlowConsumerKeepsTheMemoryBounded() {
        try (var server = new TestServer(vertx)) {
            create(
                    server.url(),
                    b -> b.maxInbound(16).pingInterval(Duration.ofMillis(50)).missedPings(1));
            CompletableFuture<Void> gate = new CompletableFuture<>();
            AtomicInteger mostWaiting = new AtomicInteger();
            session.inbound(frame -> {
                mostWaiting.accumulateAndGet(session.status().inboundWaiting(), Math::max);
                received.add(frame);
                return gate.thenRunAsync(() -> {});
            });
            session.start();
            awaitState(READY);
            ServerWebSocket socket = server.latest();
            for (int i = 0; i < 5000; i++) {
                socket.writeTextMessage(ack("s" + i));
            }
            await().until(() -> session.status().paused());
            // longer than the heartbeat would allow a silent peer
            await().during(Duration.ofMillis(400)).until(() -> session.status().paused());
            assertThat(received).hasSize(1);

            gate.complete(null);
            await().atMost(Duration.ofSeconds(40)).until(() -> received.size() == 5000);

            assertThat(received.stream().map(InboundFrame::suggestionId))
                    .isEqualTo(IntStream.range(0, 5000).mapToObj(i -> "s" + i).toList());
            // the bound, and what one read of the socket may bring after the pause
            assertThat(mostWaiting.get()).isLessThan(16 + 64);
            assertThat(recorder.count(READY)).isEqualTo(1);
        }
    }

    @Test
    void aFrameWaitsForTheOneBeforeOfItsInteractionAndForNoOther() {
        try (var server = new TestServer(vertx)) {
            create(server.url(), b -> b);
            CompletableFuture<Void> slow = new CompletableFuture<>();
            session.inbound(frame -> {
                received.add(frame);
                return frame.suggestionId().equals("slow") ? slow : CompletableFuture.completedStage(null);
            });
            session.start();
            awaitState(READY);
            ServerWebSocket socket = server.latest();
            socket.writeTextMessage(ack("I1", "slow"));
            socket.writeTextMessage(ack("I1", "behind-1"));
            socket.writeTextMessage(ack("I2", "other"));
            socket.writeTextMessage(ack("I1", "behind-2"));
            socket.writeTextMessage(ack("I3", "last"));
            await().until(() -> received.size() == 3);
            assertThat(received).extracting(InboundFrame::suggestionId).containsExactly("slow", "other", "last");
            assertThat(session.status().inboundWaiting()).isEqualTo(2);

            slow.complete(null);
            await().until(() -> received.size() == 5);
            assertThat(received)
                    .extracting(InboundFrame::suggestionId)
                    .containsExactly("slow", "other", "last", "behind-1", "behind-2");
        }
    }

    @Test
    void noMoreFramesAreInTheConsumersHandsThanMayWait() {
        try (var server = new TestServer(vertx)) {
            create(server.url(), b -> b.maxInbound(16));
            CompletableFuture<Void> gate = new CompletableFuture<>();
            session.inbound(frame -> {
                received.add(frame);
                return gate;
            });
            session.start();
            awaitState(READY);
            ServerWebSocket socket = server.latest();
            for (int i = 0; i < 100; i++) {
                socket.writeTextMessage(ack("I" + i, "s" + i));
            }
            await().until(() -> session.status().paused());
            assertThat(received).hasSize(16);

            gate.complete(null);
            await().until(() -> received.size() == 100);
            assertThat(received.stream().map(InboundFrame::suggestionId))
                    .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "s" + i).toList());
        }
    }

    @Test
    void aNewHandlerGetsWhatWaitedBehindTheOldOnesFrameInOrder() {
        try (var server = new TestServer(vertx)) {
            create(server.url(), b -> b);
            session.inbound(frame -> {
                received.add(frame);
                return new CompletableFuture<>();
            });
            session.start();
            awaitState(READY);
            ServerWebSocket socket = server.latest();
            for (int i = 0; i < 4; i++) {
                socket.writeTextMessage(ack("I1", "s" + i));
            }
            await().until(() -> session.status().inboundWaiting() == 3);
            collect();
            await().until(() -> received.size() == 4);

            assertThat(received).extracting(InboundFrame::suggestionId).containsExactly("s0", "s1", "s2", "s3");
        }
    }

    @Test
    void theFirstAckOfASuggestionCarriesItsLatency() {
        try (var server = new RepeatingServer(vertx)) {
            create(server.url(), b -> b);
            collect();
            session.start();
            session.send(suggestion("s1"));
            await().until(() -> received.size() == 2);

            assertThat(received.get(0).sinceSent()).isPositive();
            assertThat(received.get(1).sinceSent()).isNull();
        }
    }

    @Test
    void badFramesAreCountedAndSurvived() {
        try (var server = new TestServer(vertx)) {
            create(server.url(), b -> b);
            collect();
            session.start();
            awaitState(READY);
            ServerWebSocket socket = server.latest();
            List<String> malformed =
                    List.of("oops", "null", "5", "[]", "{}", "{\"type\":5}", "[".repeat(10_000), "{} {}", "");
            malformed.forEach(socket::writeTextMessage);
            socket.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2}));
            fiveMegabytes(socket);
            socket.writeTextMessage("{\"type\":\"agentassist.news\"}");
            socket.writeTextMessage(ack("s1"));
            await().until(() -> received.size() == 2);

            SessionStatus status = session.status();
            assertThat(status.malformed()).isEqualTo(malformed.size() + 2);
            assertThat(status.unknown()).isEqualTo(1);
            assertThat(recorder.count(READY)).isEqualTo(1);
            assertThat(received).extracting(InboundFrame::type).containsExactly("agentassist.news", InboundFrame.ACK);
        }
    }

    @Test
    void aFrameOfFiveMegabytesIsCountedAndSurvived() {
        try (var server = new TestServer(vertx)) {
            start(server.url());
            awaitState(READY);
            server.latest().writeTextMessage("x".repeat(5_000_000));

            await().until(() -> session.status().malformed() == 1);
            server.latest().writeTextMessage("{\"type\":\"agentassist.later\"}");
            await().until(() -> session.status().unknown() == 1);
            assertThat(recorder.count(READY)).isEqualTo(1);
        }
    }

    @Test
    void aFrameBeyondTheLimitCostsTheConnectionAndIsCounted() {
        try (var server = new TestServer(vertx)) {
            start(server.url(), b -> b.maxFrameSize(1024 * 1024));
            awaitState(READY);
            server.latest().writeTextMessage("x".repeat(5_000_000));

            await().until(() -> recorder.count(READY) == 2);
            assertThat(session.status().malformed()).isEqualTo(1);
        }
    }

    @Test
    void aConsumerThatFailsGetsTheNextFrame() {
        try (var server = new TestServer(vertx)) {
            create(server.url(), b -> b);
            Queue<InboundHandler> behaviours = new ArrayDeque<>(List.of(
                    frame -> {
                        throw new IllegalStateException("thrown");
                    },
                    frame -> null,
                    frame -> CompletableFuture.failedStage(new IllegalStateException("failed"))));
            session.inbound(frame -> {
                received.add(frame);
                InboundHandler behaviour = behaviours.poll();
                return behaviour == null ? CompletableFuture.completedStage(null) : behaviour.handle(frame);
            });
            session.start();
            awaitState(READY);
            for (int i = 0; i < 4; i++) {
                server.latest().writeTextMessage(ack("s" + i));
            }

            await().until(() -> received.size() == 4);
        }
    }

    private void collect() {
        session.inbound(frame -> {
            received.add(frame);
            return CompletableFuture.completedStage(null);
        });
    }

    private static String ack(String id) {
        return ack("I1", id);
    }

    private static String ack(String interactionId, String id) {
        return "{\"type\":\"agentassist.ack\",\"interactionId\":\"" + interactionId + "\",\"suggestionId\":\"" + id
                + "\"}";
    }

    private static void fiveMegabytes(ServerWebSocket socket) {
        String part = "x".repeat(500_000);
        socket.writeFrame(WebSocketFrame.textFrame(part, false));
        for (int i = 2; i <= 10; i++) {
            socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(part), i == 10));
        }
    }
}
