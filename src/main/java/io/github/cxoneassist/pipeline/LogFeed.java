package io.github.cxoneassist.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalReader;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.webhook.EventFeed;
import io.github.cxoneassist.webhook.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The journal, as the webhooks read it. */
final class LogFeed implements EventFeed {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JournalReader reader;
    private final String node;
    private volatile String log;

    LogFeed(JournalReader reader, String node) {
        this.reader = reader;
        this.node = node;
    }

    @Override
    public List<WebhookEvent> after(long seq, Set<String> events, int limit) {
        Set<JournalEvent> wanted =
                events.stream().map(JournalEvent::of).flatMap(Optional::stream).collect(Collectors.toSet());
        // an empty set would mean all of them
        return wanted.isEmpty() ? List.of() : events(reader.after(node, seq, wanted, limit));
    }

    @Override
    public Optional<WebhookEvent> at(long seq) {
        return events(reader.after(node, seq - 1, Set.of(), 1)).stream()
                .filter(event -> event.seq() == seq)
                .findFirst();
    }

    @Override
    public long head() {
        return reader.head(node).seq();
    }

    @Override
    public Optional<Instant> timeBehind(long seq) {
        return reader.after(node, seq, Set.of(), 1).stream().map(JournalRow::at).findFirst();
    }

    private List<WebhookEvent> events(List<JournalRow> rows) {
        if (log == null && !rows.isEmpty()) {
            log = WebhookLog.name(reader, node).orElseThrow();
        }
        return rows.stream().map(this::event).toList();
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
