package io.github.cxoneassist.journal;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How a row is bound to the one before it. The scheme is described with the package. */
final class HashChain {
    static final String FORMAT = "cxone-assist-journal/1";

    private HashChain() {}

    /** The row for an entry that comes next after {@code head}. */
    static JournalRow next(ChainHead head, String node, Instant at, JournalEntry entry) {
        JournalRow unsealed = new JournalRow(
                node,
                head.seq() + 1,
                at,
                entry.event().wireName(),
                entry.interactionId(),
                entry.suggestionId(),
                entry.reason(),
                CanonicalJson.of(entry.details()),
                head.hash(),
                null);
        return withHash(unsealed, hashOf(unsealed));
    }

    /** What the row's hash must be, given all its other fields. */
    static String hashOf(JournalRow row) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("format", FORMAT);
        fields.put("node", row.node());
        fields.put("seq", row.seq());
        fields.put("at", row.atText());
        fields.put("event", row.event());
        fields.put("interactionId", row.interactionId());
        fields.put("suggestionId", row.suggestionId());
        fields.put("reason", row.reason());
        fields.put("details", row.details());
        fields.put("prevHash", row.prevHash());
        return Sha256.hex(CanonicalJson.of(fields));
    }

    private static JournalRow withHash(JournalRow row, String hash) {
        return new JournalRow(
                row.node(),
                row.seq(),
                row.at(),
                row.event(),
                row.interactionId(),
                row.suggestionId(),
                row.reason(),
                row.details(),
                row.prevHash(),
                hash);
    }
}
