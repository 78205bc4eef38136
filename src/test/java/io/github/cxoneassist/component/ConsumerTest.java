package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.Frame;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Frames from CXone as exchanges. */
class ConsumerTest extends CxoneTestBase {

    private static final int MANY = 2_000;

    private final List<Message> received = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aFrameArrivesWithTypedHeadersAndItsJsonAsBody() throws Exception {
        consume("cxone-assist:main");
        long before = System.currentTimeMillis();
        template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("call-1", "s-1"));
        await().until(() -> cxone.referee().sends("s-1") == 1);

        join(cxone.send("{\"type\":\"agentassist.ack\",\"interactionId\":\"call-1\",\"suggestionId\":\"s-1\","
                + "\"sentTimestamp\":1763798401123, \"agentId\":7}"));

        await().until(() -> received.size() == 1);
        Message message = received.get(0);
        assertThat(message.getBody())
                .isEqualTo("{\"type\":\"agentassist.ack\",\"interactionId\":\"call-1\",\"suggestionId\":\"s-1\","
                        + "\"sentTimestamp\":1763798401123, \"agentId\":7}");
        assertThat(message.getHeader("CamelCxoneAssistType")).isEqualTo("agentassist.ack");
        assertThat(message.getHeader("CamelCxoneAssistInteractionId")).isEqualTo("call-1");
        assertThat(message.getHeader("CamelCxoneAssistSuggestionId")).isEqualTo("s-1");
        assertThat(message.getHeader("CamelCxoneAssistSentTimestamp")).isEqualTo(1763798401123L);
        assertThat(message.getHeader("CamelCxoneAssistLatency"))
                .isInstanceOfSatisfying(
                        Long.class, latency -> assertThat(latency).isBetween(0L, System.currentTimeMillis() - before));
        assertThat(message.getHeader(Exchange.MESSAGE_TIMESTAMP))
                .isInstanceOfSatisfying(Long.class, at -> assertThat(at).isBetween(before, System.currentTimeMillis()));
        assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void whatCameInBeforeTheStopIsHandedOn() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("cxone-assist:main").delay(20).process(exchange -> received.add(exchange.getMessage()));
            }
        });
        awaitConnected();
        sendFrames(IntStream.range(0, 50)
                .mapToObj(i ->
                        "{\"type\":\"agentassist.accepted\",\"interactionId\":\"i\",\"suggestionId\":\"s" + i + "\"}")
                .toList());
        await().until(() -> !received.isEmpty() && cxone.referee().frameCount(Frame.Direction.OUT) == 51);
        // the last of them may be on its way through the socket still
        await().until(() -> (int) healthDetails().get("main.inboundWaiting") + received.size() >= 49);

        context.stop();

        assertThat(received).hasSize(50);
    }

    @Test
    void theLatencyComesWithTheFirstAckOnly() throws Exception {
        consume("cxone-assist:main");
        template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));
        await().until(() -> cxone.referee().sends("s-1") == 1);

        join(agent.ack("s-1"));
        join(agent.ack("s-1"));

        await().until(() -> received.size() == 2);
        assertThat(received.get(0).getHeaders()).containsKey("CamelCxoneAssistLatency");
        assertThat(received.get(1).getHeaders()).doesNotContainKey("CamelCxoneAssistLatency");
    }

    @Test
    void aHeaderOfAnotherJsonTypeThanTheProtocolSaysIsLeftOut() throws Exception {
        consume("cxone-assist:main");
        awaitConnected();

        join(cxone.send("{\"type\":\"agentassist.ack\",\"interactionId\":5,\"suggestionId\":null,"
                + "\"sentTimestamp\":\"yesterday\"}"));

        await().until(() -> received.size() == 1);
        assertThat(received.get(0).getHeaders())
                .containsEntry("CamelCxoneAssistType", "agentassist.ack")
                .doesNotContainKeys(
                        "CamelCxoneAssistInteractionId",
                        "CamelCxoneAssistSuggestionId",
                        "CamelCxoneAssistSentTimestamp");
    }

    @Test
    void typesThatTheProtocolDoesNotKnowArriveToo() throws Exception {
        consume("cxone-assist:main");
        awaitConnected();

        join(cxone.send("{\"type\":\"agentassist.surprise\",\"gift\":true}"));

        await().until(() -> received.size() == 1);
        assertThat(received.get(0).getHeader("CamelCxoneAssistType")).isEqualTo("agentassist.surprise");
        assertThat(received.get(0).getBody()).isEqualTo("{\"type\":\"agentassist.surprise\",\"gift\":true}");
    }

    @Test
    void whatIsNotAFrameDoesNotStopTheFramesBehindIt() throws Exception {
        consume("cxone-assist:main");
        awaitConnected();

        sendFrames(
                List.of("not json", "", "null", "[]", "42", "{}", "{\"type\":7}", "{\"type\":\"a\",\"type\":\"b\"}"));
        join(cxone.send("{\"type\":\"last\"}"));

        await().until(() -> received.size() == 1);
        assertThat(received.get(0).getHeader("CamelCxoneAssistType")).isEqualTo("last");
        assertThat(cxone.referee().socketCount()).isEqualTo(1);
    }

    @Test
    void framesArriveInTheirOrder() throws Exception {
        consume("cxone-assist:main");
        awaitConnected();

        sendFrames(numbered(MANY));

        await().atMost(Duration.ofSeconds(20)).until(() -> received.size() == MANY);
        assertThat(bodies()).isEqualTo(numbered(MANY));
    }

    @Test
    void framesArriveInTheirOrderThroughARouteThatIsSlowAndAsynchronous() throws Exception {
        RouteBuilder.addRoutes(context, builder -> builder.from("cxone-assist:main")
                .delay(1)
                .asyncDelayed()
                .process(exchange -> received.add(exchange.getMessage())));
        awaitConnected();

        sendFrames(numbered(MANY));

        await().atMost(Duration.ofSeconds(30)).until(() -> received.size() == MANY);
        assertThat(bodies()).isEqualTo(numbered(MANY));
        assertThat(cxone.referee().socketCount()).isEqualTo(1);
    }

    @Test
    void aFrameThatTheRouteFailsOnDoesNotStopTheNext() throws Exception {
        RouteBuilder.addRoutes(context, builder -> builder.from("cxone-assist:main")
                .filter(builder.body().contains("bad"))
                .throwException(IllegalStateException.class, "on purpose")
                .end()
                .process(exchange -> received.add(exchange.getMessage())));
        awaitConnected();

        sendFrames(List.of("{\"type\":\"bad\"}", "{\"type\":\"good\"}"));

        await().until(() -> received.size() == 1);
        assertThat(received.get(0).getBody()).isEqualTo("{\"type\":\"good\"}");
    }

    @Test
    void theRouteDoesNotRunOnAnEventLoop() throws Exception {
        List<Boolean> onEventLoop = Collections.synchronizedList(new ArrayList<>());
        RouteBuilder.addRoutes(context, builder -> builder.from("cxone-assist:main")
                .process(exchange -> onEventLoop.add(Context.isOnEventLoopThread())));
        awaitConnected();

        join(cxone.send("{\"type\":\"any\"}"));

        await().until(() -> onEventLoop.size() == 1);
        assertThat(onEventLoop).containsExactly(false);
    }

    private void consume(String uri) throws Exception {
        RouteBuilder.addRoutes(
                context, builder -> builder.from(uri).process(exchange -> received.add(exchange.getMessage())));
    }

    private List<Object> bodies() {
        return received.stream().map(Message::getBody).toList();
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"type\":\"agentassist.numbered\",\"n\":" + i + "}")
                .toList();
    }
}
