package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tail that is cut off, and a second history, from every place on. */
abstract class TamperedHistoryContract extends VerifierChapter {
    @ParameterizedTest
    @MethodSource("places")
    void aTailThatWasCutIsMissed(int place) {
        List<JournalRow> cut = plain.rows.subList(place, LENGTH);
        cut.clear();
        plain.texts.removeIf(text -> text.seq() > place);

        assertOnly(plain, place + 1, Kind.TAIL_CUT);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aTailThatWasCutTogetherWithItsCheckpointsIsMissedByTheAnchor(int place) {
        Anchors anchors = plain.anchors();
        plain.rows.subList(place, LENGTH).clear();
        plain.checkpoints.removeIf(checkpoint -> checkpoint.seq() > place);
        plain.texts.removeIf(text -> text.seq() > place);

        assertThat(verify(plain).findings()).isEmpty();
        assertThat(verify(plain, anchors).findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(place + 1L, Kind.TAIL_CUT));
    }

    @ParameterizedTest
    @MethodSource("places")
    void twoRowsOfOneNumberAreNamedInWhicheverOrder(int place) {
        JournalRow another = rehashed(withReason(plain.rows.get(place), "another"));

        plain.rows.add(place + 1, another);
        assertOnly(plain, place + 1, Kind.FORKED);

        Collections.swap(plain.rows, place, place + 1);
        assertOnly(plain, place + 1, Kind.FORKED);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aHistoryThatWasWrittenAnewContradictsItsCheckpoint(int place) {
        AuditLog rewritten = rewritten(plain, place);

        assertThat(verify(rewritten).first().orElseThrow())
                .returns(place / 4 * 4 + 1L, Finding::seq)
                .returns(Kind.FORKED, Finding::kind);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aHistoryThatWasWrittenAnewWithItsCheckpointsContradictsTheAnchor(int place) {
        AuditLog rewritten = rewritten(plain, place);
        rewritten.checkpoints.clear();
        rewritten.checkpoint(NODE, 4, null);

        assertThat(verify(rewritten).findings()).isEmpty();
        assertThat(verify(rewritten, plain.anchors()).first().orElseThrow())
                .returns(place / 4 * 4 + 1L, Finding::seq)
                .returns(Kind.FORKED, Finding::kind);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aHistoryThatWasWrittenAnewWithoutTheKeyIsFoundByWhoHasIt(int place) {
        AuditLog rewritten = new AuditLog();
        rewritten.rows.addAll(keyed.rows.subList(0, place));
        rewritten.append(NODE, LENGTH - place, null);
        rewritten.checkpoint(NODE, 4, SIGNING);

        assertThat(new AuditVerifier(
                                new ChainKeys(List.of(AuditLog.KEY)),
                                SigningKeys.publicOf(SIGNING),
                                Anchors.NONE,
                                AuditVerifier.DEFAULT_MAX_FINDINGS)
                        .verify(kept(rewritten))
                        .findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(place + 1L, Kind.KEY));
    }

    private static AuditLog rewritten(AuditLog log, int from) {
        AuditLog rewritten = new AuditLog();
        rewritten.rows.addAll(log.rows.subList(0, from));
        for (JournalRow row : log.rows.subList(from, LENGTH)) {
            rewritten.append(NODE, null, JournalEntry.of(JournalEvent.DISMISSED, row.interactionId(), "s-0"));
        }
        rewritten.checkpoints.addAll(log.checkpoints);
        return rewritten;
    }
}
