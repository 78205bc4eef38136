package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.sandbox.FaultScript;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The error handler of the caller's route tries the sink again. {@code noErrorHandler=true} keeps Camel from copying that
 * error handler into the Kamelet, where it would try the failed step alone. Stream caching, on by default, keeps a
 * streamed body for it.
 */
class RedeliveryTest extends PipelineTestBase {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .errorHandler(defaultErrorHandler()
                                .maximumRedeliveries(50)
                                .redeliveryDelay(100)
                                .retryAttemptedLogLevel(LoggingLevel.DEBUG)
                                .onRedelivery(exchange -> {
                                    cxone.play(FaultScript.NONE);
                                    cxone.dropConnections();
                                }))
                        .to(SINK + "?noErrorHandler=true");
            }
        };
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form("text", text -> text),
                form("a stream", text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                form("a reader", StringReader::new));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void aRedeliveryRunsTheWholePipelineAgainOnTheSameBody(String name, Function<String, Object> form) {
        await().until(() -> cxone.referee().openSockets() == 1);
        cxoneGoesAway();
        String body =
                SuggestionBodies.suggestion("call-1", "s-1").put("source", "kb").toString();

        Exchange exchange = offer("direct:in", form.apply(body));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody())
                .isEqualTo("{\"interactionId\":\"call-1\",\"id\":\"s-1\",\"status\":\"sent\",\"rawScore\":0.85,"
                        + "\"adjustedScore\":0.85,\"freeSlots\":4}");
        assertThat(audit.lines())
                .startsWith("injected s-1", "dispatch_failed s-1 session_unavailable", "injected s-1")
                // as often as it takes the session to come back
                .endsWith("injected s-1")
                .containsOnly("injected s-1", "dispatch_failed s-1 session_unavailable");
        assertThat(audit.details("injected")).allMatch(details -> details.contains("\"source\":\"kb\""));
        await().until(() -> cxone.referee().sends("s-1") == 1);
    }

    private static Arguments form(String name, Function<String, Object> form) {
        return Arguments.of(name, form);
    }
}
