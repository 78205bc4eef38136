package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.CxoneAssistComponent;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kamelet that tells one subscriber, in an application that has neither journal nor database. */
class WebhookSinkTest {

    private static final String ACCEPTED = """
            {"type":"agentassist.accepted","interactionId":"call-1","suggestionId":"s-1","agentId":"agent-7",\
            "timestamp":"2026-11-22T10:00:00.5Z"}""";

    private final DefaultCamelContext context = new DefaultCamelContext();

    private final Map<String, Object> options = new HashMap<>(Map.of("secret", "RAW(" + WebhookServer.SECRET + ")"));

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void theSubscriberIsToldByASignedCall() throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            start(subscriber);

            Exchange told = tell(ACCEPTED);

            assertThat(told.getException()).isNull();
            assertThat(told.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(204);
            assertThat(told.getMessage().getBody()).isEqualTo(ACCEPTED);
            assertThat(subscriber.refused()).isEmpty();
            assertThat(subscriber.bodies()).containsExactly("""
                            {"type":"agentassist.accepted","timestamp":"2026-11-22T10:00:00.500Z","data":{\
                            "category":"analytics_sync","schemaVersion":1,"interactionId":"call-1","suggestionId":"s-1",\
                            "agentId":"agent-7","fields":{"agentId":"agent-7","timestamp":"2026-11-22T10:00:00.5Z"}}}""");
        }
    }

    @ParameterizedTest
    @CsvSource({"accepted, 1", "dismissed, 1", "ack, 0", "something_new, 0"})
    void whatAgentsDecidedIsToldUnlessOtherEventsAreAskedFor(String type, int calls) throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            start(subscriber);

            assertThat(tell(ACCEPTED.replace("accepted", type)).getException()).isNull();

            assertThat(subscriber.bodies()).hasSize(calls);
        }
    }

    @Test
    void anAcknowledgementIsToldToWhoAsksForIt() throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            options.put("events", "ack_received");
            start(subscriber);

            tell(ACCEPTED.replace("accepted", "ack"));
            tell(ACCEPTED);

            assertThat(subscriber.bodies()).singleElement().satisfies(body -> assertThat(body)
                    .contains("\"type\":\"agentassist.ack_received\""));
        }
    }

    @Test
    void theCallersErrorHandlerTriesAgainUnderTheSameId() throws Exception {
        try (WebhookServer subscriber = new WebhookServerThatFailsAtFirst(2)) {
            start(subscriber);

            assertThat(tell(ACCEPTED).getException()).isNull();

            assertThat(subscriber.ids())
                    .hasSize(3)
                    .containsOnly(subscriber.ids().get(0));
        }
    }

    @Test
    void aSecretOfEveryCharacterThatBase64HasArrivesFromAProperty() throws Exception {
        String secret = "whsec_+/+/ABCDefgh+/+/0123456789+/4567AAA=";
        options.remove("secret");
        context.getPropertiesComponent().addInitialProperty("camel.kamelet.cxone-assist-webhook-sink.secret", secret);
        try (WebhookServer subscriber = new WebhookServer(secret)) {
            start(subscriber);

            tell(ACCEPTED);

            assertThat(subscriber.refused()).isEmpty();
            assertThat(subscriber.bodies()).hasSize(1);
        }
    }

    @Test
    void twoEventsHaveTwoIds() throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            start(subscriber);

            tell(ACCEPTED);
            tell(ACCEPTED.replace("s-1", "s-2"));
            tell(ACCEPTED.replace("accepted", "dismissed"));

            assertThat(subscriber.ids()).hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void whoGoesOnFailingIsToldToTheCallerWithoutThePath() throws Exception {
        try (WebhookServer subscriber = new WebhookServerThatFailsAtFirst(1_000)) {
            start(subscriber);

            Exchange told = tell(ACCEPTED);

            assertThat(told.getException()).hasMessage("127.0.0.1 answered with status 500");
            assertThat(told.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(500);
        }
    }

    @Test
    void anAddressOfTheOwnNetworkIsNotCalledUnlessItIsAllowed() throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            context.getPropertiesComponent().addInitialProperty("cxone.webhook.allowed-networks", "");
            start(subscriber);

            assertThat(tell(ACCEPTED).getException())
                    .hasMessageContaining("127.0.0.1 is at 127.0.0.1")
                    .hasMessageContaining("cxone.webhook.allowed-networks");
            assertThat(subscriber.ids()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "[]", "{}", "{\"type\":7}", "{\"type\":"})
    void whatIsNoEventIsRefusedByWhatIsDue(String body) throws Exception {
        try (WebhookServer subscriber = new WebhookServer()) {
            start(subscriber);

            assertThat(tell(body).getException())
                    .hasMessage("This is no event of CXone: a JSON object with a type is due,"
                            + " as cxone-assist-events-source hands it on");
            assertThat(subscriber.ids()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url    | http://kb.example.com/  | url ",
                "secret | s3cret                  | secret has to be whsec_",
                "secret | ' '                     | secret is empty",
                "events | accepted,expired        | events names 'expired'"
            })
    void whatWillNotDoStopsTheStartAndIsNamed(String option, String value, String problem) {
        options.put("url", "https://kb.example.com/");
        options.put(option, value);

        assertThatThrownBy(() -> start((WebhookServer) null))
                .hasStackTraceContaining("cxone-assist-webhook-sink: " + problem);
    }

    @Test
    void aDecisionGoesFromTheEventsToTheSubscriberWithoutAnythingBetween() throws Exception {
        ManualAgent agent = new ManualAgent();
        SandboxConfig config = SandboxConfig.builder().build();
        try (WebhookServer subscriber = new WebhookServer();
                SandboxCxone cxone = new SandboxCxone(config, agent).start()) {
            CxoneAssistComponent component = context.getComponent("cxone-assist", CxoneAssistComponent.class);
            component.getConfiguration().setTokenUrl(cxone.tokenUrl());
            component.getConfiguration().setWebSocketUrl(cxone.webSocketUrl());
            component.getConfiguration().setClientId(config.clientId());
            component.getConfiguration().setClientSecret(config.clientSecret());
            start(subscriber, "kamelet:cxone-assist-events-source");
            context.createProducerTemplate()
                    .sendBody(
                            "cxone-assist:main",
                            Suggestions.valid("call-9", "s-9").toString());
            await().until(() -> cxone.referee().sends("s-9") == 1);

            agent.accept("call-9", "s-9", Map.of());

            await().untilAsserted(() -> assertThat(subscriber.bodies())
                    .singleElement()
                    .satisfies(body -> assertThat(body).contains("\"suggestionId\":\"s-9\"")));
            assertThat(subscriber.refused()).isEmpty();
        }
    }

    private void start(WebhookServer subscriber) throws Exception {
        start(subscriber, "direct:in");
    }

    private void start(WebhookServer subscriber, String from) throws Exception {
        if (subscriber != null) {
            options.put("url", subscriber.url());
        }
        for (Map.Entry<String, String> setting : Map.of(
                        "cxone.webhook.http-to-loopback", "true",
                        "cxone.webhook.allowed-networks", "127.0.0.0/8")
                .entrySet()) {
            if (context.getPropertiesComponent()
                    .resolveProperty(setting.getKey())
                    .isEmpty()) {
                context.getPropertiesComponent().addInitialProperty(setting.getKey(), setting.getValue());
            }
        }
        StringBuilder sink = new StringBuilder("kamelet:cxone-assist-webhook-sink");
        String separator = "?";
        for (Map.Entry<String, Object> option : options.entrySet()) {
            sink.append(separator).append(option.getKey()).append('=').append(option.getValue());
            separator = "&";
        }
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler()
                        .maximumRedeliveries(2)
                        .redeliveryDelay(1)
                        .logExhausted(false));
                from(from).to(sink.toString());
            }
        });
        context.start();
    }

    private Exchange tell(String body) {
        return context.createProducerTemplate()
                .request("direct:in", exchange -> exchange.getMessage().setBody(body));
    }
}
