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
    private static final int LOG_ID_LENGTH = 12;

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
            log = log();
        }
        return rows.stream().map(this::event).toList();
    }

    /**
     * Tells this log from every other one whose node has the same name: subscribers take the id of an event, which is
     * made of it, for unique. The hash of a log's first row is, since it covers its time.
     */
    private String log() {
        return node + "-" + reader.logId(node).orElseThrow().substring(0, LOG_ID_LENGTH);
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
                    MAPPER.readTree(row.details()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("audit_event " + row.node() + "/" + row.seq() + ": details are no JSON", e);
        }
    }
}
