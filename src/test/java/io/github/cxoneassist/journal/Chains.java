package io.github.cxoneassist.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Chains for tests, one row a millisecond. */
final class Chains {
    static final Instant START = Instant.parse("2026-11-22T08:00:00.123456Z");

    private Chains() {}

    static List<JournalRow> of(String node, JournalEntry... entries) {
        return after(ChainHead.GENESIS, node, entries);
    }

    static List<JournalRow> after(ChainHead head, String node, JournalEntry... entries) {
        List<JournalRow> rows = new ArrayList<>();
        ChainHead last = head;
        for (JournalEntry entry : entries) {
            JournalRow row = HashChain.next(last, node, START.plusMillis(last.seq()), entry);
            rows.add(row);
            last = ChainHead.of(row);
        }
        return rows;
    }

    static JournalEntry injected(String suggestionId) {
        return JournalEntry.of(JournalEvent.INJECTED, "interaction-1", suggestionId)
                .withDetail("score", 0.85)
                .withText("Text of " + suggestionId);
    }
}
