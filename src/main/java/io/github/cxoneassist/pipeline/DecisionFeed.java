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
    private volatile String log;

    DecisionFeed(JournalReader reader, String node) {
        this.reader = reader;
        this.node = node;
    }

    @Override
    public List<WebhookEvent> after(long seq, int limit) {
        List<JournalRow> rows = reader.after(node, seq, DECISIONS, limit);
        if (log == null && !rows.isEmpty()) {
            log = WebhookLog.name(reader, node).orElseThrow();
        }
        return rows.stream().map(this::event).toList();
    }

    @Override
    public long head() {
        return reader.head(node).seq();
    }

    private WebhookEvent event(JournalRow row) {
        try {
            return new WebhookEvent(
                    log,
                    row.seq(),
                    row.at(),
                    row.event(),
                    row.interactionId(),
                    row.suggestionId(),
                    row.reason(),
                    MAPPER.readTree(row.details()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("audit_event " + row.node() + "/" + row.seq() + ": details are no JSON", e);
        }
    }
}
