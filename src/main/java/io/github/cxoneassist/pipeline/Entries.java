package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.ledger.CoolDown;
import io.github.cxoneassist.ledger.Decision;
import io.github.cxoneassist.ledger.Ended;
import io.github.cxoneassist.ledger.Origin;
import io.github.cxoneassist.ledger.SuggestionKey;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.session.SessionEvent;
import io.github.cxoneassist.suggestion.Suggestion;
import io.github.cxoneassist.webhook.Subscriber;
import io.github.cxoneassist.webhook.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the pipeline writes into the journal, one method an event. */
final class Entries {

    /** CXone's own fields are kept, but a frame may be large and the log is for ever. */
    private static final int MAX_FIELDS_LENGTH = 4096;

    private static final int MAX_AGENT_LENGTH = 512;

    /** The member of the details that names the rules, which an event {@code configured} has in full. */
    private static final String CONFIG = "config";

    private static final String RULE = "rule";

    /** Which setting, or which part of the contract, a refusal goes back to. */
    private static final Map<String, String> RULES = Map.of(
            Outcome.DUPLICATE,
            "once_per_interaction",
            Outcome.DUPLICATE_CONTENT,
            "uniqueContent",
            Outcome.COOLING_DOWN,
            "coolDown",
            Outcome.BUFFER_FULL,
            "bufferLimit",
            "below_threshold",
            "relevanceThreshold",
            "outside_context_window",
            "contextWindow");

    /** In which CXone may echo what it was sent: a text stands in a place of its own, where it can be erased. */
    private static final Set<String> ECHOES = Set.of("content", "suggestion");

    private Entries() {}

    static JournalEntry configured(String digest, Map<String, Object> rules) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(CONFIG, digest);
        details.put("rules", rules);
        return JournalEntry.of(JournalEvent.CONFIGURED).withDetails(details);
    }

    static JournalEntry injected(Waiting sent, Instant injectedAt) {
        Map<String, Object> details = details(sent);
        details.put("injectedAt", injectedAt.toString());
        return withText(JournalEvent.INJECTED, sent.suggestion(), details);
    }

    static JournalEntry held(Waiting held) {
        Map<String, Object> details = details(held);
        details.put(RULE, "bufferLimit");
        return withText(JournalEvent.HELD, held.suggestion(), details);
    }

    private static JournalEntry withText(JournalEvent event, Suggestion suggestion, Map<String, Object> details) {
        return new JournalEntry(
                event, suggestion.interactionId(), suggestion.id(), null, details, suggestion.content());
    }

    static JournalEntry superseded(Waiting waiting) {
        return entry(JournalEvent.SUPERSEDED, waiting.key(), "others_are_better", Map.of(RULE, "holdLimit"));
    }

    /** All that a restart needs. */
    private static Map<String, Object> details(Waiting waiting) {
        Suggestion suggestion = waiting.suggestion();
        Map<String, Object> details = new LinkedHashMap<>();
        putWhat(details, suggestion);
        details.put("adjustedScore", waiting.score());
        details.put("session", waiting.session());
        if (waiting.config() != null) {
            details.put(CONFIG, waiting.config());
        }
        if (waiting.content().unique()) {
            details.put("uniqueContent", true);
        }
        if (!waiting.content().coolDown().isZero()) {
            details.put("coolDown", waiting.content().coolDown().toString());
        }
        return details;
    }

    private static void putWhat(Map<String, Object> details, Suggestion suggestion) {
        if (suggestion.source() != null) {
            details.put("source", suggestion.source());
        }
        details.put("priority", suggestion.priority().name());
        details.put("relevanceScore", suggestion.relevanceScore());
        details.put("windowStart", suggestion.contextWindow().start().toString());
        details.put("windowEnd", suggestion.contextWindow().end().toString());
    }

    /**
     * @param suggestion null where what came was none
     * @param config null where none is known
     */
    static JournalEntry refused(Outcome outcome, Suggestion suggestion, String config) {
        List<Map<String, String>> violations = outcome.violations().stream()
                .map(violation -> Map.of(
                        "field", violation.field(),
                        "code", violation.code().wireName(),
                        "message", violation.message()))
                .toList();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(RULE, RULES.getOrDefault(outcome.reason(), "suggestion"));
        if (config != null) {
            details.put(CONFIG, config);
        }
        if (suggestion != null) {
            putWhat(details, suggestion);
            // its text is kept nowhere: this is what can be held against a text that somebody shows
            details.put(JournalEntry.CONTENT_SHA256, JournalEntry.contentSha256(suggestion.content()));
        }
        if (!violations.isEmpty()) {
            details.put("violations", violations);
        }
        if (outcome.rawScore() != null) {
            details.put("relevanceScore", outcome.rawScore());
        }
        if (outcome.adjustedScore() != null) {
            details.put("adjustedScore", outcome.adjustedScore());
        }
        return new JournalEntry(
                JournalEvent.VALIDATION_FAILED,
                outcome.interactionId(),
                outcome.suggestionId(),
                outcome.reason(),
                details,
                null);
    }

    /** @param mayHaveLeft whether it stays active all the same */
    static JournalEntry dispatchFailed(Suggestion suggestion, boolean mayHaveLeft, Throwable failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("error", String.valueOf(failure.getMessage()));
        if (mayHaveLeft) {
            details.put("mayHaveLeft", true);
        }
        return new JournalEntry(
                JournalEvent.DISPATCH_FAILED,
                suggestion.interactionId(),
                suggestion.id(),
                "session_unavailable",
                details,
                null);
    }

    /** Of one that is neither sent nor waits, since nobody knows whether its {@code injected} or {@code held} is on disk. */
    static JournalEntry takenBack(Suggestion suggestion, Throwable failure) {
        return new JournalEntry(
                JournalEvent.DISPATCH_FAILED,
                suggestion.interactionId(),
                suggestion.id(),
                "journal_in_doubt",
                Map.of("error", String.valueOf(failure.getMessage())),
                null);
    }

    static JournalEntry acknowledged(SuggestionKey key, Optional<Duration> latency, JsonNode event) {
        Map<String, Object> details = new LinkedHashMap<>();
        latency.ifPresent(duration -> details.put("latencyMillis", duration.toMillis()));
        details.put("fields", fields(event));
        return entry(JournalEvent.ACK_RECEIVED, key, null, details);
    }

    /** With the origin, so that whoever reads on from here need not look for the row in which it was sent. */
    static JournalEntry decided(
            SuggestionKey key, Decision decision, Origin origin, Optional<CoolDown> coolDown, JsonNode event) {
        JournalEvent outcome = decision == Decision.ACCEPTED ? JournalEvent.ACCEPTED : JournalEvent.DISMISSED;
        Map<String, Object> details = new LinkedHashMap<>();
        putIfKnown(details, "source", origin.source());
        putIfKnown(
                details,
                "priority",
                origin.priority() == null ? null : origin.priority().name());
        putIfKnown(details, "relevanceScore", origin.rawScore());
        putIfKnown(details, "adjustedScore", origin.adjustedScore());
        agent(event).ifPresent(agent -> details.put("agent", agent));
        // outlives the window, and perhaps the text: a restart goes by this row alone
        coolDown.ifPresent(begun -> {
            details.put("coolDownUntil", begun.until().toString());
            details.put("contentDigest", begun.digest());
        });
        details.put("fields", fields(event));
        return entry(outcome, key, null, details);
    }

    /** Who decided, where CXone names one. */
    static Optional<String> agent(JsonNode event) {
        return Optional.of(event.path("agentId").asText(""))
                .filter(agent -> !agent.isEmpty() && agent.length() <= MAX_AGENT_LENGTH);
    }

    private static void putIfKnown(Map<String, Object> details, String name, Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    static JournalEntry ignored(SuggestionKey key, String reason, JsonNode event) {
        return entry(
                JournalEvent.IGNORED,
                key,
                reason,
                Map.of("type", event.path("type").asText()));
    }

    static JournalEntry expired(Ended ended) {
        return ended(ended, "context_window_ended", "contextWindow");
    }

    static JournalEntry interactionEnded(Ended ended) {
        return ended(ended, "interaction_ended", "interactionEnd");
    }

    private static JournalEntry ended(Ended ended, String reason, String rule) {
        return entry(JournalEvent.EXPIRED, ended.key(), reason, Map.of("waited", ended.waited(), RULE, rule));
    }

    static JournalEntry webhookFailed(WebhookEvent event, Subscriber subscriber, int tries, String failure) {
        Map<String, Object> details =
                Map.of("subscriber", subscriber.name(), "sequence", event.seq(), "tries", tries, "error", failure);
        // of whichever event: a session's has neither interaction nor suggestion
        return new JournalEntry(
                JournalEvent.WEBHOOK_FAILED, event.interactionId(), event.suggestionId(), "given_up", details, null);
    }

    static JournalEntry session(String name, SessionEvent event) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("session", event.session());
        details.put("attempt", event.attempt());
        details.put("message", event.reason());
        return JournalEntry.of(JournalEvent.of(name).orElseThrow())
                .withReason(event.kind().wireName())
                .withDetails(details);
    }

    private static JournalEntry entry(
            JournalEvent event, SuggestionKey key, String reason, Map<String, Object> details) {
        return new JournalEntry(event, key.interactionId(), key.suggestionId(), reason, details, null);
    }

    /** CXone's own fields: all but those that have a column of their own, and those that may echo the text. */
    static JsonNode fields(JsonNode event) {
        ObjectNode fields = event.deepCopy();
        fields.remove(List.of("type", "interactionId", "suggestionId"));
        removeEchoes(fields);
        if (fields.toString().length() > MAX_FIELDS_LENGTH) {
            fields.removeAll();
            fields.put("truncated", true);
        }
        return fields;
    }

    private static void removeEchoes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(ECHOES);
        }
        node.forEach(Entries::removeEchoes);
    }
}
