package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.sandbox.ClosesAfter;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import io.github.cxoneassist.sandbox.SuggestionFrame;
import io.github.cxoneassist.session.SessionState;
import io.github.cxoneassist.session.SessionUnavailableException;
import io.vertx.core.Context;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges as suggestion frames, and what an exchange ends with. */
class ProducerTest extends CxoneTestBase {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Arguments> forms() {
        return Stream.of(
                form("JSON text", ObjectNode::toString),
                form("bytes", json -> json.toString().getBytes(StandardCharsets.UTF_8)),
                form(
                        "a stream",
                        json -> new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8))),
                form("a Map", json -> MAPPER.convertValue(json, Map.class)),
                form("a Jackson tree", json -> json));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void theBodyMayBe(String name, Function<ObjectNode, Object> form) throws Exception {
        ObjectNode json = SuggestionBodies.suggestion("call-1", "s-1");
        json.put("content", "Grüße an Zoë").put("injectedAt", "2026-11-22T08:00:01.123Z");

        Exchange sent = template.send(
                "cxone-assist:main", exchange -> exchange.getMessage().setBody(form.apply(json)));

        assertThat(sent.getException()).isNull();
        await().until(() -> cxone.referee().sends("s-1") == 1);
        assertThat(cxone.referee().suggestion("s-1").orElseThrow().frame())
                .isEqualTo(new SuggestionFrame(
                        "call-1",
                        "s-1",
                        "Grüße an Zoë",
                        "HIGH",
                        0.85,
                        Instant.parse(json.at("/contextWindow/start").textValue()),
                        Instant.parse(json.at("/contextWindow/end").textValue()),
                        Instant.parse("2026-11-22T08:00:01.123Z")));
    }

    @Test
    void theMessageSaysWhenItWasSentAndKeepsItsBody() {
        long before = System.currentTimeMillis();
        ObjectNode body = SuggestionBodies.suggestion("s-1");

        Exchange sent = template.send(
                "cxone-assist:main", exchange -> exchange.getMessage().setBody(body));

        assertThat(sent.getMessage().getHeader("CamelCxoneAssistSentAt"))
                .isInstanceOfSatisfying(Long.class, at -> assertThat(at).isBetween(before, System.currentTimeMillis()));
        assertThat(sent.getMessage().getBody()).isSameAs(body);
    }

    @ParameterizedTest
    @CsvSource({
        "interactionId, 5, interactionId has to be a text",
        "id, , id has to be a text",
        "content, true, content has to be a text",
        "priority, [], priority has to be a text",
        "relevanceScore, '\"0.9\"', relevanceScore has to be a number",
        "contextWindow, , contextWindow.start has to be a text",
        "injectedAt, '\"yesterday\"', injectedAt has to be an ISO-8601 instant"
    })
    void aWrongFieldIsNamed(String field, String json, String message) throws Exception {
        ObjectNode body = SuggestionBodies.suggestion("s-1");
        body.remove(field);
        if (json != null) {
            body.set(field, MAPPER.readTree(json));
        }

        Exchange sent = template.send(
                "cxone-assist:main", exchange -> exchange.getMessage().setBody(body));

        assertThat(sent.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cxone-assist: the body is no suggestion: " + message);
    }

    @Test
    void whatItsCallerDoesNotWantAnyMoreIsNotSent() {
        Exchange sent = template.send("cxone-assist:main", exchange -> {
            exchange.getMessage().setBody(SuggestionBodies.suggestion("s-1"));
            exchange.setProperty("CamelCxoneAssistStillWanted", (BooleanSupplier) () -> false);
        });

        assertThat(sent.getException())
                .isInstanceOf(SessionUnavailableException.class)
                .hasMessageStartingWith("The suggestion was not wanted any more");
        assertThat(cxone.referee().suggestions()).isEmpty();
    }

    @Test
    void theQuestionWhetherItIsWantedIsForOneSendOnly() {
        Exchange sent = template.send("cxone-assist:main", exchange -> {
            exchange.getMessage().setBody(SuggestionBodies.suggestion("s-1"));
            exchange.setProperty("CamelCxoneAssistStillWanted", (BooleanSupplier) () -> true);
        });

        assertThat(sent.getException()).isNull();
        assertThat(sent.getProperties()).doesNotContainKey("CamelCxoneAssistStillWanted");
    }

    @Test
    void aScoreThatIsNotFiniteIsNamed() {
        String body = SuggestionBodies.suggestion("s-1").toString().replace("0.85", "1e999");

        Exchange sent = template.send(
                "cxone-assist:main", exchange -> exchange.getMessage().setBody(body));

        assertThat(sent.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("relevanceScore must be a finite number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "Mrs Smith's card", "[]", "null", "{\"id\":\"Mrs Smith's card\"", "{} {}"})
    void aBodyThatIsNoJsonObjectIsRefusedWithoutRepeatingIt(String body) {
        Exchange sent = template.send(
                "cxone-assist:main", exchange -> exchange.getMessage().setBody(body));

        assertThat(sent.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cxone-assist: the body is no suggestion: ")
                .hasMessageNotContaining("Smith")
                .hasMessageNotContaining("Mrs");
    }

    @Test
    void noBodyIsRefusedLikeAnEmptyOne() {
        Exchange sent = template.send("cxone-assist:main", exchange -> {});

        assertThat(sent.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cxone-assist: the body is no suggestion: ");
    }

    @Test
    void aSendWhileCxoneIsDownFailsAfterTheSendTimeout() throws Exception {
        cxone.play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        AsyncProducer producer = producer("cxone-assist:main?sendTimeout=1000");
        Exchange exchange = exchange(SuggestionBodies.suggestion("s-1"));
        long start = System.nanoTime();

        producer.process(exchange);

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                // counted from when the session began to be down, which was a moment before the send
                .isBetween(Duration.ofMillis(500), Duration.ofMillis(3_000));
        assertThat(exchange.getException()).isInstanceOfSatisfying(SessionUnavailableException.class, failure -> {
            assertThat(failure.state()).isEqualTo(SessionState.AUTHENTICATING);
            assertThat(failure).hasMessageStartingWith("The suggestion was not sent within PT1S: session main");
        });
        assertThat(cxone.referee().suggestions()).isEmpty();
    }

    @Test
    void theCallersThreadIsNotHeldWhileCxoneIsDown() throws Exception {
        cxone.play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        AsyncProducer producer = producer("cxone-assist:main?sendTimeout=1500");
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        long start = System.nanoTime();

        for (int i = 0; i < 100; i++) {
            CompletableFuture<Boolean> callback = new CompletableFuture<>();
            done.add(callback);
            assertThat(producer.process(exchange(SuggestionBodies.suggestion("s-" + i)), callback::complete))
                    .isFalse();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_000));
        assertThat(done).noneMatch(CompletableFuture::isDone);
        cxone.play(FaultScript.NONE);
        join(cxone.dropConnections());
        await().until(() -> cxone.referee().suggestionCount() == 100);
        assertThat(done).allSatisfy(callback -> assertThat(callback.get(5, TimeUnit.SECONDS))
                .isFalse());
    }

    /** The stock vertx-websocket component reports success here for suggestions that nobody got. */
    @Test
    void noExchangeEndsWellOnASocketThatIsClosed() throws Exception {
        AsyncProducer producer =
                producer("cxone-assist:main?reconnectDelay=1&maxReconnectDelay=5&resendUnacknowledged=false");
        cxone.misbehave(new ClosesAfter(1));
        List<String> endedWell = new ArrayList<>();

        for (int i = 0; i < 150; i++) {
            String id = "s-" + i;
            Exchange exchange = exchange(SuggestionBodies.suggestion(id));
            producer.process(exchange);
            if (exchange.getException() == null) {
                endedWell.add(id);
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> cxone.referee().sends(id) == 1);
                int dropped = cxone.referee().suggestion(id).orElseThrow().connection();
                // the next one is sent when the client has seen the end of the socket, most often before it has another
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> cxone.referee().socketCount() > dropped
                                || !"READY".equals(healthDetails().get("main.state")));
            }
        }

        assertThat(endedWell).hasSizeGreaterThan(140);
        assertThat(cxone.referee().framesBeforeAuthSuccess()).isEmpty();
        assertThat(cxone.referee().maxOpenSockets()).isEqualTo(1);
    }

    @Test
    void theRestOfTheRouteNeverRunsOnAnEventLoopHoweverManyWait() throws Exception {
        int many = 1_200;
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger onEventLoop = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        RouteBuilder.addRoutes(context, builder -> builder.from("direct:in")
                .errorHandler(builder.noErrorHandler())
                .to("cxone-assist:main?inFlight=2000")
                .process(exchange -> {
                    if (Context.isOnEventLoopThread()) {
                        onEventLoop.incrementAndGet();
                    }
                    gate.await(10, TimeUnit.SECONDS);
                }));
        AsyncProducer in = producer("direct:in");
        try {
            for (int i = 0; i < many; i++) {
                in.process(exchange(SuggestionBodies.suggestion("s-" + i)), sync -> finished.incrementAndGet());
                if (i % 400 == 399) {
                    int sent = i + 1;
                    await().atMost(Duration.ofSeconds(5))
                            .untilAsserted(() -> assertThat(cxone.referee().suggestionCount())
                                    .isEqualTo(sent));
                }
            }
        } finally {
            gate.countDown();
        }

        await().until(() -> finished.get() == many);
        assertThat(onEventLoop).hasValue(0);
    }

    private static Arguments form(String name, Function<ObjectNode, Object> form) {
        return Arguments.of(name, form);
    }

    @Test
    void withAwaitAckAnExchangeIsDoneWhenCxoneHasAcknowledged() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main?awaitAck=true");
        Exchange exchange = exchange(SuggestionBodies.suggestion("s-1"));
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        producer.process(exchange, done::complete);
        await().until(() -> cxone.referee().sends("s-1") == 1);
        assertThat(done).isNotDone();

        join(agent.ack("s-1"));

        assertThat(done.get(5, TimeUnit.SECONDS)).isFalse();
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(CxoneAssistConstants.ACKNOWLEDGED_AT, Long.class))
                .isPositive();
    }

    @Test
    void withAwaitAckAnExchangeFailsWhenNobodyAcknowledges() throws Exception {
        AsyncProducer producer = producer("cxone-assist:main?awaitAck=true&ackTimeout=300");
        Exchange exchange = exchange(SuggestionBodies.suggestion("s-1"));

        producer.process(exchange);

        assertThat(exchange.getException()).isInstanceOf(SessionUnavailableException.class);
        assertThat(cxone.referee().sends("s-1")).isEqualTo(1);
    }
}
