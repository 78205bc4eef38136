package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.Decision;
import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.Origin;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.session.SessionState;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.RelevanceRule;
import io.github.cxoneassist.suggestion.Suggestion;
import io.github.cxoneassist.suggestion.Validation;
import io.github.cxoneassist.webhook.DeliveryWriter;
import io.github.cxoneassist.webhook.Ping;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.SubscriberRules;
import io.github.cxoneassist.webhook.WebhookEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What subscribers are told of what the pipeline writes down: each example of the page for them, and the schema. */
class WebhookExamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-11-22T08:00:09Z");
    private static final SuggestionKey KEY = new SuggestionKey("INTERACTION_12345", "kb-4711");
    private static final String TEXT = "Verify return policy eligibility before processing the refund";
    private static final Pattern EXAMPLE = Pattern.compile("```json\\R(.*?)```", Pattern.DOTALL);

    private final JsonSchema schema = schema();

    @Test
    void everyExampleOfThePageIsARealPayload() throws Exception {
        Map<String, JsonNode> real = new HashMap<>();
        for (JsonNode payload : payloads()) {
            real.put(payload.path("type").asText(), payload);
        }

        Map<String, JsonNode> examples = examples();

        assertThat(examples.keySet()).isEqualTo(real.keySet());
        examples.forEach((type, example) -> assertThat(example).as(type).isEqualTo(real.get(type)));
    }

    @Test
    void thePageNamesEachEventThatMayBeAskedForAndEachThatMayNot() throws IOException {
        String page = Files.readString(Path.of("docs/webhooks.md"));
        String events = page.substring(page.indexOf("## Events"), page.indexOf("## For whoever runs it"));
        int border = events.indexOf("**Cannot be asked for**");
        assertThat(border).isPositive();
        String offered = events.substring(0, border);
        String refused = events.substring(border);

        for (JournalEvent event : JournalEvent.values()) {
            String name = event.wireName();
            assertThat(named(mayBeAskedFor(event) ? offered : refused, name))
                    .as(name)
                    .isTrue();
            assertThat(named(mayBeAskedFor(event) ? refused : offered, name))
                    .as(name)
                    .isFalse();
        }
    }

    private static boolean mayBeAskedFor(JournalEvent event) {
        try {
            return SubscriberRules.events(event.wireName(), WebhookSettings.EVENTS)
                    .contains(event.wireName());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean named(String text, String event) {
        return text.contains("`" + event + "`") || text.contains("`agentassist." + event + "`");
    }

    @Test
    void everyPayloadIsAsTheSchemaSays() throws Exception {
        for (JsonNode payload : payloads()) {
            assertThat(schema.validate(payload)).as(payload.toString()).isEmpty();
        }
    }

    @Test
    void theSchemaKnowsEveryMember() throws Exception {
        JsonNode definitions = JSON.readTree(schemaFile().toFile()).path("$defs");
        for (JsonNode payload : payloads()) {
            assertThat(names(definitions.at("/data/properties"))).containsAll(names(payload.path("data")));
            assertThat(names(definitions.at("/details/properties"))).containsAll(names(payload.at("/data/details")));
        }
    }

    @Test
    void theSchemaRefusesWhatIsAmiss() throws Exception {
        JsonNode accepted = payloads().get(0);
        for (String member : List.of("category", "schemaVersion", "interactionId", "suggestionId", "fields")) {
            ObjectNode without = accepted.deepCopy();
            ((ObjectNode) without.path("data")).remove(member);
            assertThat(schema.validate(without)).as("without " + member).isNotEmpty();
        }
        ObjectNode otherVersion = accepted.deepCopy();
        ((ObjectNode) otherVersion.path("data")).put("schemaVersion", 2);
        assertThat(schema.validate(otherVersion)).isNotEmpty();
        ObjectNode scoreAsText = accepted.deepCopy();
        ((ObjectNode) scoreAsText.path("data")).put("rawScore", "0.85");
        assertThat(schema.validate(scoreAsText)).isNotEmpty();
        ObjectNode bareType = accepted.deepCopy();
        bareType.put("type", "accepted");
        assertThat(schema.validate(bareType)).isNotEmpty();
    }

    private static List<JsonNode> payloads() throws Exception {
        Map<Integer, JournalEntry> rows = new LinkedHashMap<>();
        rows.put(
                42,
                Entries.decided(
                        KEY,
                        Decision.ACCEPTED,
                        origin(),
                        Optional.empty(),
                        frame("{\"agentId\":\"agent-7\",\"usedAt\":\"2026-11-22T08:00:08.750Z\"}")));
        rows.put(
                43,
                Entries.decided(
                        KEY, Decision.DISMISSED, origin(), Optional.empty(), frame("{\"because\":\"not relevant\"}")));
        rows.put(38, Entries.injected(waiting(), Instant.parse("2026-11-22T08:00:01.123Z")));
        rows.put(37, Entries.held(waiting()));
        rows.put(39, Entries.superseded(waiting()));
        rows.put(
                40,
                Entries.acknowledged(
                        KEY, Optional.of(Duration.ofMillis(87)), frame("{\"sentTimestamp\":1795334401123}")));
        rows.put(44, Entries.expired(new Ended(KEY, false)));
        rows.put(
                36,
                Entries.refused(
                        Outcome.invalid(new Validation.Invalid(
                                KEY.interactionId(),
                                KEY.suggestionId(),
                                "below_threshold",
                                List.of(RelevanceRule.DEFAULT.judge(0.6).orElseThrow()),
                                suggestion(0.6))),
                        suggestion(0.6),
                        "0123456789abcdef"));
        rows.put(
                41, Entries.dispatchFailed(suggestion(0.85), true, new IOException("wss://cxone.example.com is away")));
        rows.put(45, Entries.ignored(KEY, "repeated", frame("{\"type\":\"agentassist.accepted\"}")));
        rows.put(
                2,
                Entries.session(
                        "connected",
                        new SessionEvent(
                                "main",
                                SessionState.AUTHENTICATING,
                                SessionState.READY,
                                "authenticated at wss://cxone.example.com",
                                1,
                                AT,
                                SessionEvent.Kind.PROGRESS,
                                false)));
        List<JsonNode> payloads = new ArrayList<>();
        for (Map.Entry<Integer, JournalEntry> row : rows.entrySet()) {
            payloads.add(payload(row.getKey(), row.getValue()));
        }
        payloads.add(ping());
        return payloads;
    }

    private static JsonNode payload(int seq, JournalEntry entry) throws Exception {
        // only the first example of the page is for one who asks for texts
        boolean withText = entry.event() == JournalEvent.ACCEPTED;
        WebhookEvent event = new WebhookEvent(
                "main-0f3c9a1b2c4d",
                seq,
                AT,
                entry.event().wireName(),
                entry.interactionId(),
                entry.suggestionId(),
                entry.reason(),
                JSON.readTree(JSON.writeValueAsBytes(entry.details())));
        return JSON.readTree(new DeliveryWriter(subscriber(withText), asked -> Optional.of(TEXT), clock())
                .write(event)
                .body());
    }

    private static JsonNode ping() throws Exception {
        CompletableFuture<JsonNode> sent = new CompletableFuture<>();
        new Ping(
                        delivery -> {
                            try {
                                sent.complete(JSON.readTree(delivery.body()));
                            } catch (IOException e) {
                                sent.completeExceptionally(e);
                            }
                            return new CompletableFuture<>();
                        },
                        clock(),
                        Duration.ofMillis(1))
                .send(subscriber(false));
        return sent.join();
    }

    private static Map<String, JsonNode> examples() throws IOException {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("docs/webhooks.md")));
        while (matcher.find()) {
            JsonNode example = JSON.readTree(matcher.group(1));
            examples.put(example.path("type").asText(), example);
        }
        return examples;
    }

    private static Subscriber subscriber(boolean withText) {
        Subscriber plain = Subscriber.of(
                "crm", SubscriberRules.url("https://crm.example.com/", true), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        return new Subscriber(
                plain.name(), plain.target(), Set.of(), plain.secrets(), Map.of(), false, withText, plain.parallel());
    }

    private static Clock clock() {
        return Clock.fixed(AT, ZoneOffset.UTC);
    }

    private static Origin origin() {
        return new Origin("knowledge-base", Priority.HIGH, 0.85, 0.9);
    }

    private static Waiting waiting() {
        return new Waiting(suggestion(0.85), 0.9, AT, "main", ContentRule.OFF, "0123456789abcdef");
    }

    private static Suggestion suggestion(double score) {
        return new Suggestion(
                KEY.interactionId(),
                KEY.suggestionId(),
                TEXT,
                Priority.HIGH,
                score,
                new ContextWindow(Instant.parse("2026-11-22T08:00:00Z"), Instant.parse("2026-11-22T08:05:00Z")),
                "knowledge-base");
    }

    private static JsonNode frame(String fields) throws IOException {
        return ((ObjectNode) JSON.readTree(fields))
                .put("interactionId", KEY.interactionId())
                .put("suggestionId", KEY.suggestionId());
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Path schemaFile() {
        return Path.of("config/schema/webhook-event.schema.json");
    }

    private static JsonSchema schema() {
        try {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(schemaFile().toFile()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
