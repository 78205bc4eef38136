package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be gone from a log, and what may not: texts, and rows that were archived. */
abstract class ErasedAndArchivedContract extends VerifierChapter {
    private static final String OPERATOR = NODE + ".operator";
    private static final Map<String, Object> UP_TO_8 = Map.of("node", NODE, "seq", 8);

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

    @Test
    void whatWasArchivedIsInTheReport() {
        AuditLog log = archived(8, Map.of("node", NODE, "firstSeq", 1, "seq", 8, "file", "a.jsonl", "sha256", "abc"));

        assertThat(verify(log).archived()).containsExactly(new AuditReport.Archive(NODE, 1, 8, "a.jsonl", "abc"));
    }

    @Test
    void noOtherNodesOperatorsSayWhatWasArchived() {
        AuditLog log = archived("x.operator", AuditLog.KEY, SIGNING);

        assertOnly(log, 1, Kind.DELETED);
        assertThat(verify(log).archived()).isEmpty();
    }

    @Test
    void aRowWithoutTheKeySaysNothingOfWhatWasArchived() {
        AuditLog log = archived(OPERATOR, null, SIGNING);

        assertThat(verify(log).findings())
                .extracting(Finding::node, Finding::seq, Finding::kind)
                .containsExactly(tuple(NODE, 1L, Kind.DELETED), tuple(OPERATOR, 1L, Kind.KEY));
        assertThat(verify(log).first().orElseThrow().what())
                .isEqualTo(
                        "rows 1 to 8 are missing, and row 1 of node-1.operator, which says that they were archived, is"
                                + " not to be believed: its hash is not keyed, nor is that of a row behind it");
    }

    @Test
    void aRowWithoutTheKeyIsNotMendedByAnOperatorsNextOne() {
        AuditLog log = archived(OPERATOR, null, SIGNING);
        log.append(OPERATOR, AuditLog.KEY, JournalEntry.of(JournalEvent.LEGAL_HOLD_SET));
        log.checkpoint(OPERATOR, 1, SIGNING);

        assertOnly(log, 1, Kind.DELETED);
    }

    @Test
    void anArchiveFromBeforeTheLogHadAKeyIsBoundByAnOperatorsNextRow() {
        AuditLog log = new AuditLog();
        log.append(NODE, 9, null);
        log.append(OPERATOR, null, JournalEntry.of(JournalEvent.ARCHIVED).withDetails(UP_TO_8));
        log.append(NODE, 3, AuditLog.KEY);
        log.append(OPERATOR, AuditLog.KEY, JournalEntry.of(JournalEvent.LEGAL_HOLD_SET));
        log.checkpoint(NODE, 4, SIGNING);
        log.checkpoint(OPERATOR, 1, SIGNING);
        removeUpTo(8, log);

        assertThat(verify(log).findings()).isEmpty();
    }

    @Test
    void aRowUnderNoSignedCheckpointSaysNothingOfWhatWasArchived() {
        AuditLog log = archived(OPERATOR, AuditLog.KEY, null);

        assertFirst(log, 1, Kind.DELETED);
        assertThat(verify(log).first().orElseThrow().what()).endsWith("it lies under no signed checkpoint");
    }

    @Test
    void aCommandThatWasKilledBetweenItsRowAndItsCheckpointAccusesNobody() {
        AuditLog log = archived(OPERATOR, AuditLog.KEY, SIGNING);
        log.checkpoints.removeIf(checkpoint -> checkpoint.node().equals(OPERATOR));

        assertThat(verify(log, keyed.anchors()).findings()).isEmpty();
    }

    @Test
    void aRowThatNeitherAKeyAtHandNorACheckpointVouchesForSaysNothingOfWhatWasArchived() {
        AuditLog log = archived(OPERATOR, AuditLog.KEY, SIGNING);
        log.checkpoints.removeIf(checkpoint -> checkpoint.node().equals(OPERATOR));

        assertThat(new AuditVerifier(ChainKeys.NONE, SigningKeys.publicOf(SIGNING), Anchors.NONE, 10)
                        .verify(kept(log))
                        .first()
                        .orElseThrow()
                        .what())
                .endsWith("it lies under no signed checkpoint");
    }

    @Test
    void aRowThatWasChangedSaysNothingOfWhatWasArchived() {
        AuditLog log = archived(OPERATOR, AuditLog.KEY, SIGNING);
        int row = log.rows.size() - 1;
        log.rows.set(row, withReason(log.rows.get(row), "another"));

        assertThat(verify(log).findings())
                .extracting(Finding::node, Finding::seq, Finding::kind)
                .containsExactly(tuple(OPERATOR, 1L, Kind.CHANGED), tuple(NODE, 1L, Kind.DELETED));
    }

    @Test
    void aLogThatIsGoneAsAWholeIsMissedThoughAForgedRowSaysThatItWasArchived() {
        AuditLog log = keyed.copy();
        removeUpTo(LENGTH, log);
        log.append(
                OPERATOR,
                null,
                JournalEntry.of(JournalEvent.ARCHIVED).withDetails(Map.of("node", NODE, "seq", LENGTH)));

        assertThat(verify(log, keyed.anchors()).intact()).isFalse();
        assertThat(new AuditVerifier(new ChainKeys(List.of(AuditLog.KEY)), PublicKeys.NONE, keyed.anchors(), 10)
                        .verify(kept(log))
                        .findings())
                .extracting(Finding::node, Finding::seq, Finding::kind)
                .contains(tuple(NODE, 1L, Kind.DELETED));
    }

    private AuditLog archived(String chain, ChainKey key, SigningKey signingKey) {
        AuditLog log = keyed.copy();
        removeUpTo(8, log);
        log.append(chain, key, JournalEntry.of(JournalEvent.ARCHIVED).withDetails(UP_TO_8));
        log.checkpoint(chain, 1, signingKey);
        return log;
    }

    private static void removeUpTo(int seq, AuditLog log) {
        log.rows.removeIf(row -> row.node().equals(NODE) && row.seq() <= seq);
        log.texts.removeIf(text -> text.node().equals(NODE) && text.seq() <= seq);
    }

    private AuditLog archived(int upTo, Map<String, Object> details) {
        AuditLog log = keyed.copy();
        log.rows.removeIf(row -> row.seq() <= upTo);
        log.texts.removeIf(text -> text.seq() <= upTo);
        log.append(
                OPERATOR, AuditLog.KEY, JournalEntry.of(JournalEvent.ARCHIVED).withDetails(details));
        log.checkpoint(OPERATOR, 1, SIGNING);
        return log;
    }
}
