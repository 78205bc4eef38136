package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.webhook.EventFeed;
import io.github.cxoneassist.webhook.WebhookEvent;
import java.util.List;
import java.util.Set;

/** The decisions in the journal, as the webhooks read them. */
final class DecisionFeed implements EventFeed {

    private static final Set<JournalEvent> DECISIONS = Set.of(JournalEvent.ACCEPTED, JournalEvent.DISMISSED);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JournalReader reader;
    private final String node;

    DecisionFeed(JournalReader reader, String node) {
        this.reader = reader;
        this.node = node;
    }

    @Override
    public List<WebhookEvent> after(long seq, int limit) {
        return reader.after(node, seq, DECISIONS, limit).stream()
                .map(DecisionFeed::event)
                .toList();
    }

    @Override
    public long head() {
        return reader.head(node).seq();
    }

    private static WebhookEvent event(JournalRow row) {
        try {
            return new WebhookEvent(
                    row.node(),
                    row.seq(),
                    row.at(),
                    row.event(),
                    row.interactionId(),
                    row.suggestionId(),
                    MAPPER.readTree(row.details()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("audit_event " + row.node() + "/" + row.seq() + ": details are no JSON", e);
        }
    }
}
