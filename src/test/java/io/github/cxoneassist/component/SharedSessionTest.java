package io.github.cxoneassist.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who shares a connection with whom, and what the component says to a configuration that cannot work. */
class SharedSessionTest extends CxoneTestBase {

    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    @Test
    void aProducerAndAConsumerOfOneNameShareOneSocket() throws Exception {
        consume("cxone-assist:main", "events");

        template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));
        await().until(() -> cxone.referee().sends("s-1") == 1);
        join(agent.ack("s-1"));

        await().until(() -> received.size() == 1);
        assertThat(cxone.referee().socketCount()).isEqualTo(1);
        assertThat(cxone.referee().tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void twoNamesHaveTwoSockets() {
        template.sendBody("cxone-assist:one", SuggestionBodies.suggestion("s-1"));
        template.sendBody("cxone-assist:two", SuggestionBodies.suggestion("s-2"));

        await().until(() -> cxone.referee().suggestionCount() == 2);
        assertThat(cxone.referee().socketCount()).isEqualTo(2);
        assertThat(cxone.referee().openSockets()).isEqualTo(2);
    }

    @Test
    void aSecondConsumerOfANameIsRefusedAndTheFirstGoesOn() throws Exception {
        consume("cxone-assist:main", "first");
        awaitConnected();

        assertThatThrownBy(() -> consume("cxone-assist:main?bridgeErrorHandler=false", "second"))
                .hasMessage("cxone-assist:main has a consumer already. Let one route consume and hand the"
                        + " events on from there.");

        join(cxone.send("{\"type\":\"agentassist.news\"}"));
        await().until(() -> received.contains("first {\"type\":\"agentassist.news\"}"));
        assertThat(received).hasSize(1);
        assertThat(cxone.referee().socketCount()).isEqualTo(1);
    }

    @Test
    void theConsumerOfANameMayBeReplacedByAnother() throws Exception {
        consume("cxone-assist:main", "first");
        context.getRouteController().stopRoute("first");
        consume("cxone-assist:main", "second");
        awaitConnected();

        join(cxone.send("{\"type\":\"agentassist.news\"}"));

        await().until(() -> received.contains("second {\"type\":\"agentassist.news\"}"));
    }

    @Test
    void aNameWithTwoDifferentConfigurationsIsRefusedWithoutShowingThem() {
        template.sendBody("cxone-assist:main", SuggestionBodies.suggestion("s-1"));

        assertThatThrownBy(() -> producer("cxone-assist:main?clientSecret=another-secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cxone-assist:main is used with two different configurations.")
                .hasMessageNotContaining("another-secret");
    }

    @Test
    void aNameWhoseRoutesAreGoneMayBeUsedWithOtherSettings() throws Exception {
        consume("cxone-assist:main?sendTimeout=4000", "old");
        context.getRouteController().stopRoute("old");
        context.removeRoute("old");

        consume("cxone-assist:main?sendTimeout=3000", "new");

        awaitConnected();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region=",
                "tokenUrl=",
                "webSocketUrl=",
                "grantType=",
                "clientId=RAW()",
                "clientSecret=RAW()",
                "scope=",
                "accessKeyId=RAW()",
                "clientId=%20"
            })
    void aBlankOptionOfAnEndpointCountsAsUnset(String option) throws Exception {
        producer("cxone-assist:main?" + option).process(exchange(SuggestionBodies.suggestion("s-1")));

        await().until(() -> cxone.referee().sends("s-1") == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aBlankOptionOfTheComponentCountsAsUnset(String blank) throws Exception {
        CxoneAssistConfiguration configuration =
                context.getComponent("cxone-assist", CxoneAssistComponent.class).getConfiguration();
        configuration.setRegion(blank);
        configuration.setGrantType(blank);
        configuration.setScope(blank);
        configuration.setAccessKeyId(blank);
        configuration.setAccessKeySecret(blank);

        producer("cxone-assist:main").process(exchange(SuggestionBodies.suggestion("s-1")));

        await().until(() -> cxone.referee().sends("s-1") == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'cxone-assist: neither region nor tokenUrl is set. Set region to us, eu or a host.'",
        "region=eu, 'clientId is missing: the token request needs it'",
        "region=eu&clientId=me, 'clientSecret is missing: the token request needs it'",
        "region=eu&clientId=me&clientSecret=s&grantType=password,"
                + " 'accessKeyId is missing: the token request needs it'",
        "region=eu&clientId=me&clientSecret=s&grantType=magic,"
                + " 'Unknown grant ''magic'': use one of client_credentials, password'"
    })
    void whatIsMissingOrWrongIsNamedAtTheStart(String options, String message) throws Exception {
        try (DefaultCamelContext bare = new DefaultCamelContext()) {
            RouteBuilder.addRoutes(bare, builder -> builder.from("direct:in").to("cxone-assist:main?" + options));

            assertThatThrownBy(bare::start).hasRootCauseMessage(message);
        }
    }

    @Test
    void aNameIsAskedFor() {
        assertThatThrownBy(() -> context.getEndpoint("cxone-assist://?region=eu"))
                .hasStackTraceContaining("cxone-assist needs a name: cxone-assist:NAME");
    }

    private void consume(String uri, String routeId) throws Exception {
        BiConsumer<String, String> receive = (route, body) -> received.add(route + " " + body);
        RouteBuilder.addRoutes(context, builder -> builder.from(uri)
                .routeId(routeId)
                .process(exchange ->
                        receive.accept(routeId, exchange.getMessage().getBody(String.class))));
    }
}
