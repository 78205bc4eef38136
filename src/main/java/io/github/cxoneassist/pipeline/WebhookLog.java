package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalReader;
import java.util.Optional;

/** What subscribers know a log by. */
public final class WebhookLog {

    private static final int LOG_ID_LENGTH = 12;

    private WebhookLog() {}

    /**
     * Tells a log from every other one whose node has the same name: subscribers take the id of an event, which is made of it,
     * for unique. The hash of a log's first row is, since it covers its time. Empty for a log without a row.
     */
    public static Optional<String> name(JournalReader reader, String node) {
        return reader.logId(node).map(id -> node + "-" + id.substring(0, LOG_ID_LENGTH));
    }
}
