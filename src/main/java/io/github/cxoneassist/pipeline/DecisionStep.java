package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.ledger.CoolDown;
import io.github.cxoneassist.ledger.Decision;
import io.github.cxoneassist.ledger.Origin;
import io.github.cxoneassist.ledger.SuggestionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * What CXone told of a suggestion goes into the ledger and, once each, onto disk: a repeated, foreign or late event is
 * journaled as {@code ignored} with its reason and changes nothing. The body is an event of
 * {@code cxone-assist-events-source}.
 *
 * <p>The ledger decides first because it alone can tell the first decision from a repeated one. While the journal cannot
 * write, the step waits, and with it the frames behind this one. A crash between the two loses the decision, and the slot
 * then stays taken until its context window ends: fewer suggestions, never more.
 */
public final class DecisionStep extends Step {

    /** Set by the component: milliseconds from our own write of the suggestion to the arrival of its first ack. */
    static final String LATENCY_HEADER = "CamelCxoneAssistLatency";

    /** An ack later than this says more about a clock than about a desktop. */
    private static final Duration MAX_LATENCY = Duration.ofHours(24);

    private static final int MAX_ID_LENGTH = 512;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Optional<Settled> settled;
        try {
            settled = settle(exchange);
        } catch (JsonProcessingException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
        if (settled.isEmpty()) {
            callback.done(true);
            return true;
        }
        return Continuation.after(settled.get().row(), runtime().executor(), exchange, callback, row -> runtime()
                .slots()
                .slotFreed(settled.get().interactionId()));
    }

    /** @param row completes when it is on disk */
    private record Settled(String interactionId, CompletionStage<JournalRow> row) {}

    private Optional<Settled> settle(Exchange exchange) throws JsonProcessingException {
        JsonNode event = MAPPER.readTree(exchange.getMessage().getBody(String.class));
        String type = event.path("type").asText();
        String interactionId = event.path("interactionId").asText("");
        String suggestionId = event.path("suggestionId").asText("");
        boolean known = type.equals("agentassist.ack")
                || type.equals("agentassist.accepted")
                || type.equals("agentassist.dismissed");
        if (!known || !couldBeOurs(interactionId) || !couldBeOurs(suggestionId)) {
            runtime().metrics().ignored(known ? "no_ids" : "unknown_type");
            return Optional.empty();
        }
        SuggestionKey key = new SuggestionKey(interactionId, suggestionId);
        CompletionStage<JournalRow> row =
                runtime().slots().rowOrder().inOrder(interactionId, () -> settle(key, type, event, exchange));
        return Optional.of(new Settled(interactionId, row));
    }

    private CompletionStage<JournalRow> settle(SuggestionKey key, String type, JsonNode event, Exchange exchange) {
        if (runtime().slots().isYetToBeSent(key)) {
            // the ledger only knows that it has a slot
            return journalIgnored(key, event, "not_sent");
        }
        return switch (type) {
            case "agentassist.ack" -> runtime().audit().appendUntilWritten(acknowledged(key, event, exchange));
            case "agentassist.accepted" -> decided(key, Decision.ACCEPTED, event);
            default -> decided(key, Decision.DISMISSED, event);
        };
    }

    /** A frame may be large and the log is for ever: an id that is longer than any we send is not kept. */
    private static boolean couldBeOurs(String id) {
        return !id.isEmpty() && id.length() <= MAX_ID_LENGTH;
    }

    private JournalEntry acknowledged(SuggestionKey key, JsonNode event, Exchange exchange) {
        return switch (runtime().ledger().acknowledge(key)) {
            case FIRST -> {
                Optional<Duration> latency = latency(event, exchange);
                latency.ifPresent(runtime().metrics()::acknowledged);
                yield Entries.acknowledged(key, latency, event);
            }
            case REPEATED -> ignored(key, event, "repeated");
            case NOT_SENT -> ignored(key, event, "not_sent");
            case UNKNOWN -> unknown(key, event);
        };
    }

    private CompletionStage<JournalRow> decided(SuggestionKey key, Decision decision, JsonNode event) {
        return switch (runtime().ledger().end(key, decision)) {
            // what takes the slot is recorded behind what freed it
            case FREED -> runtime().slots().journalEnd(key, first(key, decision, event));
            case REPEATED -> journalIgnored(key, event, "repeated");
            case AFTER_INTERACTION -> journalIgnored(key, event, "after_end_of_interaction");
            case NOT_SENT -> journalIgnored(key, event, "not_sent");
            case UNKNOWN -> runtime().audit().appendUntilWritten(unknown(key, event));
        };
    }

    private JournalEntry first(SuggestionKey key, Decision decision, JsonNode event) {
        runtime().metrics().decided(decision);
        Origin origin = runtime().ledger().origin(key).orElse(Origin.UNKNOWN);
        runtime().history().record(key.interactionId(), origin.source(), decision == Decision.ACCEPTED);
        Optional<CoolDown> coolDown =
                decision == Decision.DISMISSED ? runtime().ledger().coolDown(key) : Optional.empty();
        return Entries.decided(key, decision, origin, coolDown, event);
    }

    /** Unknown to the ledger, which forgets what ran out. */
    private JournalEntry unknown(SuggestionKey key, JsonNode event) {
        return ignored(
                key,
                event,
                runtime()
                        .slots()
                        .latelyExpired(key)
                        .map(ended -> ended.waited() ? "not_sent" : "expired")
                        .orElse("unknown_suggestion"));
    }

    private CompletionStage<JournalRow> journalIgnored(SuggestionKey key, JsonNode event, String reason) {
        return runtime().audit().appendUntilWritten(ignored(key, event, reason));
    }

    private JournalEntry ignored(SuggestionKey key, JsonNode event, String reason) {
        runtime().metrics().ignored(reason);
        return Entries.ignored(key, reason, event);
    }

    /** Our own measurement; CXone's {@code sentTimestamp} only where there is none, and only where it is believable. */
    private Optional<Duration> latency(JsonNode event, Exchange exchange) {
        Long measured = exchange.getMessage().getHeader(LATENCY_HEADER, Long.class);
        if (measured != null) {
            return Optional.of(Duration.ofMillis(measured));
        }
        if (!event.path("sentTimestamp").canConvertToLong()
                || !event.path("sentTimestamp").isIntegralNumber()) {
            return Optional.empty();
        }
        long sent = event.path("sentTimestamp").longValue();
        long now = runtime().clock().millis();
        return sent <= now && sent >= now - MAX_LATENCY.toMillis()
                ? Optional.of(Duration.between(Instant.ofEpochMilli(sent), Instant.ofEpochMilli(now)))
                : Optional.empty();
    }
}
