package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.webhook.Answer;
import io.github.cxoneassist.webhook.DeliveryException;
import io.github.cxoneassist.webhook.DeliveryWriter;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberRules;
import io.github.cxoneassist.webhook.TextSource;
import io.github.cxoneassist.webhook.Transport;
import io.github.cxoneassist.webhook.WebhookEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * Tells one subscriber of an event as it comes from {@code cxone-assist-events-source}: one signed POST, by the same rules
 * for addresses as the webhooks of the installation. No journal stands behind it, so what fails is the caller's to try again.
 * Thread-safe; no thread is held while the subscriber thinks.
 */
public final class WebhookSink extends ContextStep {

    /** Type of CXone, to the name that subscribers know. */
    private static final Map<String, String> EVENTS = Map.of(
            "agentassist.accepted", "accepted",
            "agentassist.dismissed", "dismissed",
            "agentassist.ack", "ack_received");

    /** An event is short; what is larger than this is not one. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private String url;
    private String secret;
    private String events = String.join(",", Subscriber.DECISIONS);
    private Subscriber subscriber;
    private DeliveryWriter writer;
    private Transport transport;

    public void setUrl(String url) {
        this.url = url;
    }

    /** {@code whsec_…} or {@code whsk_…}; two, separated by a blank, while one replaces the other. */
    public void setSecret(String secret) {
        this.secret = secret;
    }

    /** Separated by commas. */
    public void setEvents(String events) {
        this.events = events;
    }

    @Override
    protected void doInit() {
        boolean httpToLoopback =
                WebhookSettings.httpToLoopback(getCamelContext().getPropertiesComponent());
        subscriber = new Subscriber(
                "webhook-sink",
                option("url", () -> SubscriberRules.url(url, httpToLoopback)),
                option("events", () -> SubscriberRules.events(events, Set.copyOf(EVENTS.values()))),
                option("secret", this::secrets),
                Map.of(),
                false,
                false,
                Subscriber.DEFAULT_PARALLEL);
        writer = new DeliveryWriter(subscriber, TextSource.NONE, clock());
        transport = WebhookSender.in(getCamelContext()).transport();
    }

    private List<String> secrets() {
        List<String> secrets = SubscriberRules.secrets(secret);
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return secrets;
    }

    private static <T> T option(String name, Supplier<T> rule) {
        try {
            return rule.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cxone-assist-webhook-sink: " + name + " " + e.getMessage());
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            JsonNode told = read(exchange);
            String event = EVENTS.get(told.path("type").asText());
            if (event == null || !subscriber.events().contains(event)) {
                callback.done(true);
                return true;
            }
            transport.post(writer.write(event(event, told, exchange))).whenComplete((answer, failure) -> {
                judge(exchange, answer, failure);
                callback.done(false);
            });
            return false;
        } catch (Exception e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private static JsonNode read(Exchange exchange) throws Exception {
        byte[] body = exchange.getMessage().getMandatoryBody(byte[].class);
        if (body.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "An event of CXone has " + MAX_BYTES + " bytes at most, this has " + body.length);
        }
        JsonNode told = null;
        try {
            told = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            // as below; its message would quote what was told
        }
        if (told == null || !told.path("type").isTextual()) {
            throw new IllegalArgumentException(
                    "This is no event of CXone: a JSON object with a type is due, as cxone-assist-events-source hands it on");
        }
        return told;
    }

    private static WebhookEvent event(String event, JsonNode told, Exchange exchange) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        Entries.agent(told).ifPresent(agent -> details.put("agent", agent));
        details.set("fields", Entries.fields(told));
        return WebhookEvent.unrecorded(
                at(told, exchange),
                event,
                told.path("interactionId").asText(),
                told.path("suggestionId").asText(),
                details);
    }

    /** The same on each try: by CXone's clock, else since when it is with us. */
    private static Instant at(JsonNode told, Exchange exchange) {
        try {
            return Instant.parse(told.path("timestamp").asText());
        } catch (DateTimeException e) {
            return Instant.ofEpochMilli(exchange.getClock().getCreated());
        }
    }

    private void judge(Exchange exchange, Answer answer, Throwable failure) {
        if (failure != null) {
            exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
            return;
        }
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (!answer.isSuccess()) {
            exchange.setException(new DeliveryException(
                    URI.create(url.strip()).getHost() + " answered with status " + answer.status()));
        }
    }
}
