package io.github.cxoneassist.pipeline;

import io.github.cxoneassist.journal.JournalReader;
import java.util.Optional;

/**
 * What tells a log from every other one whose node has the same name: subscribers take the id of an event, which is made of it,
 * for unique. The hash of a log's first row is, since it covers its time.
 */
public final class WebhookLog {

    private static final int ID_LENGTH = 12;

    private WebhookLog() {}

    /** What the {@code webhook-id}s of a node's log are made of; empty where nothing is written yet. */
    public static Optional<String> name(JournalReader reader, String node) {
        return reader.logId(node).map(id -> node + "-" + id.substring(0, ID_LENGTH));
    }
}
