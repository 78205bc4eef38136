package io.github.cxoneassist.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalRow;
import java.util.Optional;

/** One row of the journal as a short line for people. */
final class OutcomeLine {

    private static final int MAX_LENGTH = 150;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private OutcomeLine() {}

    /** Empty for rows that are not about a suggestion. */
    static Optional<String> of(JournalRow row) {
        return JournalEvent.of(row.event()).flatMap(event -> text(event, row)).map(text -> {
            String interaction = row.interactionId() == null ? "" : shortened(row.interactionId(), 24);
            String suggestion = row.suggestionId() == null ? "(no id)" : shortened(row.suggestionId(), 36);
            String line = "%-30s %-18s %s".formatted(suggestion, interaction, text);
            return shortened(line.stripTrailing(), MAX_LENGTH);
        });
    }

    /** What a source sent may be long, and hold what would move the cursor of a terminal. */
    private static String shortened(String text, int length) {
        String oneLine = text.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() <= length ? oneLine : oneLine.substring(0, length - 1) + "…";
    }

    private static Optional<String> text(JournalEvent event, JournalRow row) {
        JsonNode details = details(row);
        return Optional.ofNullable(
                switch (event) {
                    case INJECTED ->
                        "sent, " + details.path("priority").asText() + " "
                                + details.path(details.has("adjustedScore") ? "adjustedScore" : "relevanceScore")
                                        .asText();
                    case HELD -> "waits: no slot is free";
                    case SUPERSEDED -> "dropped: better ones wait";
                    case ACK_RECEIVED ->
                        details.has("latencyMillis")
                                ? "acknowledged after "
                                        + details.path("latencyMillis").asLong() + " ms"
                                : "acknowledged";
                    case ACCEPTED -> "accepted by the agent";
                    case DISMISSED -> "dismissed by the agent";
                    case EXPIRED ->
                        "interaction_ended".equals(row.reason())
                                ? "dropped: its interaction is over"
                                : "expired: its context window is over";
                    case VALIDATION_FAILED -> "refused: " + row.reason() + violations(details);
                    case DISPATCH_FAILED -> "not sent: " + details.path("error").asText();
                    case IGNORED -> "event ignored: " + row.reason();
                    default -> null;
                });
    }

    private static String violations(JsonNode details) {
        StringBuilder text = new StringBuilder();
        for (JsonNode violation : details.path("violations")) {
            String field = violation.path("field").asText();
            text.append(text.isEmpty() ? " (" : "; ")
                    .append(field.isEmpty() ? "" : field + ": ")
                    .append(violation.path("message").asText());
        }
        return text.isEmpty() ? "" : text.append(')').toString();
    }

    private static JsonNode details(JournalRow row) {
        try {
            return MAPPER.readTree(row.details());
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }
}
