package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be gone from a log, and what may not: texts, and rows that were archived. */
abstract class ErasedAndArchivedContract extends VerifierChapter {
    @ParameterizedTest
    @MethodSource("places")
    void aTextThatDiffersFromItsRowIsNamed(int place) {
        List<SuggestionText> texts = plain.texts;
        int which = place / 2;
        SuggestionText text = texts.get(which);
        texts.set(which, new SuggestionText(NODE, text.seq(), text.interactionId(), "another"));

        assertOnly(plain, text.seq(), Kind.TEXT_CHANGED);
    }

    @Test
    void aTextThatIsGoneIsNoFault() {
        plain.texts.clear();

        assertThat(verify(plain).findings()).isEmpty();
    }

    @Test
    void aTextWithoutARowIsNamed() {
        plain.texts.add(new SuggestionText(NODE, 77, "interaction-1", "x"));

        assertOnly(plain, 77, Kind.TEXT_CHANGED);
    }

    @Test
    void aTextOfAnotherInteractionIsNamed() {
        plain.texts.set(1, new SuggestionText(NODE, 3, "interaction-7", "Text of s-2"));

        assertOnly(plain, 3, Kind.TEXT_CHANGED);
    }

    @Test
    void rowsThatWereArchivedAreNotMissed() {
        AuditLog log = archived(8, Map.of("node", NODE, "seq", 8));

        assertThat(verify(log).findings()).isEmpty();
        assertThat(verify(log, keyed.anchors()).findings()).isEmpty();
    }

    @Test
    void aWholeNodeMayBeArchived() {
        assertThat(verify(archived(12, Map.of("node", NODE, "seq", 12))).findings())
                .isEmpty();
    }

    @Test
    void rowsThatAreGoneWithoutAnOperatorsWordAreMissed() {
        AuditLog log = archived(8, Map.of("node", NODE, "seq", 4));

        assertOnly(log, 1, Kind.DELETED);
    }

    @Test
    void rowsThatWereArchivedWithoutACheckpointAreMissed() {
        AuditLog log = archived(7, Map.of("node", NODE, "seq", 7));

        assertFirst(log, 1, Kind.DELETED);
    }

    @Test
    void whatFollowsArchivedRowsHasToFollowTheirCheckpoint() {
        AuditLog log = archived(8, Map.of("node", NODE, "seq", 8));
        log.rows.set(log.rows.indexOf(keyed.rows.get(8)), withReason(keyed.rows.get(8), "another"));

        assertOnly(log, 9, Kind.CHANGED);
    }

    private AuditLog archived(int upTo, Map<String, Object> details) {
        AuditLog log = keyed.copy();
        log.rows.removeIf(row -> row.seq() <= upTo);
        log.texts.removeIf(text -> text.seq() <= upTo);
        log.append(
                "node-1.operator",
                AuditLog.KEY,
                JournalEntry.of(JournalEvent.ARCHIVED).withDetails(details));
        return log;
    }
}
