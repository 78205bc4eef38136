package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that are changed, deleted, inserted or moved, at every place. */
abstract class TamperedRowsContract extends VerifierChapter {
    static Stream<Arguments> pairs() {
        return places().boxed()
                .flatMap(one -> IntStream.range(one + 1, LENGTH).mapToObj(other -> Arguments.of(one, other)));
    }

    @Test
    void aLogAsWrittenIsNotAccused() {
        assertThat(verify(plain).findings()).isEmpty();
        assertThat(verify(keyed).findings()).isEmpty();
    }

    @Test
    void theReportSaysHowFarItGoes() {
        AuditLog log = AuditLog.of(NODE, 10, 4, AuditLog.KEY, SIGNING);

        assertThat(new AuditVerifier(
                                new ChainKeys(List.of(AuditLog.KEY)), SigningKeys.publicOf(SIGNING), log.anchors(), 9)
                        .verify(kept(log))
                        .nodes())
                .containsExactly(new AuditReport.Node(NODE, 1, 10, 10, 10, 0, 2, 2, 0, 8, 8));
    }

    @Test
    void aLogWithoutAnythingIsNotAccused() {
        assertThat(verify(new AuditLog()).findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aChangedRowIsNamed(int place) {
        plain.rows.set(place, withReason(plain.rows.get(place), "another"));
        keyed.rows.set(place, withReason(keyed.rows.get(place), "another"));

        assertOnly(plain, place + 1, Kind.CHANGED);
        assertOnly(keyed, place + 1, Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aChangedHashIsNamed(int place) {
        plain.rows.set(place, plain.rows.get(place).withHash("f".repeat(64)));

        assertOnly(plain, place + 1, Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aRowThatWasChangedAndGotANewHashIsNamed(int place) {
        plain.rows.set(place, rehashed(withReason(plain.rows.get(place), "another")));

        Finding first = verify(plain).first().orElseThrow();
        // the last one of a checkpoint is told by the checkpoint, which knows its rows only as a whole
        assertThat(first.seq()).isEqualTo(place % 4 == 3 ? place - 2 : place + 1);
        assertThat(first.kind()).isEqualTo(place % 4 == 3 ? Kind.FORKED : Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("placesButTheLast")
    void aDeletedRowIsMissed(int place) {
        plain.rows.remove(place);
        plain.texts.removeIf(text -> text.seq() == place + 1);

        assertOnly(plain, place + 1, Kind.DELETED);
    }

    @ParameterizedTest
    @MethodSource("placesButTheLast")
    void aDeletedRowIsMissedWhereTheOthersAreRenumbered(int place) {
        plain.rows.remove(place);
        renumber(plain);

        assertFirst(plain, place + 1, Kind.DELETED);
        assertThat(verify(plain).total()).isEqualTo(2); // and the last number is gone
    }

    @ParameterizedTest
    @MethodSource("places")
    void anInsertedRowIsFoundWhereTheOthersAreRenumbered(int place) {
        keyed.rows.add(place, forged(place));
        renumber(keyed);

        assertFirst(keyed, place + 1, Kind.INSERTED);
    }

    @ParameterizedTest
    @MethodSource("placesButTheLast")
    void anInsertedRowThatFollowsTheOneBeforeItIsFound(int place) {
        plain.rows.add(place, forged(place));
        JournalRow forged = rehashed(new JournalRow(
                NODE,
                place + 1,
                Chains.START,
                "accepted",
                "interaction-1",
                "s-9",
                null,
                "{}",
                place == 0
                        ? ChainHead.GENESIS.hash()
                        : plain.rows.get(place - 1).hash(),
                ""));
        plain.rows.set(place, forged);
        renumber(plain);

        assertThat(verify(plain).findings())
                .anySatisfy(finding -> assertThat(finding.seq()).isEqualTo(place + 1));
        Finding first = verify(plain).first().orElseThrow();
        assertThat(first.seq()).isBetween(place - 2L, place + 1L);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void rowsThatChangedPlacesAreNamed(int one, int other) {
        Collections.swap(plain.rows, one, other);
        renumber(plain);

        assertFirst(plain, one + 1, Kind.MOVED);
    }

    @Test
    void theReportKeepsAsManyFindingsAsAskedForAndCountsAll() {
        for (int i = 0; i < LENGTH; i++) {
            plain.rows.set(i, withReason(plain.rows.get(i), "another"));
        }

        AuditReport report = new AuditVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 3).verify(kept(plain));

        assertThat(report.findings()).extracting(Finding::seq).containsExactly(1L, 2L, 3L);
        assertThat(report.total()).isEqualTo(LENGTH);
    }

    private JournalRow forged(int place) {
        return new JournalRow(
                NODE,
                place + 1,
                Chains.START,
                "accepted",
                "interaction-1",
                "s-9",
                null,
                "{}",
                place == 0
                        ? ChainHead.GENESIS.hash()
                        : keyed.rows.get(place - 1).hash(),
                "f".repeat(64),
                AuditLog.KEY.id());
    }

    private static void renumber(AuditLog log) {
        for (int i = 0; i < log.rows.size(); i++) {
            log.rows.set(i, log.rows.get(i).withSeq(i + 1));
        }
        log.texts.clear();
    }
}
