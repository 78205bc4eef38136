package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of tampering, at every place of a small log: twelve rows, checkpoints after four and eight. */
class AuditVerifierTest {
    private static final String NODE = "node-1";
    private static final int LENGTH = 12;
    private static final SigningKey SIGNING = SigningKeys.fresh();

    private final AuditLog plain = AuditLog.of(NODE, LENGTH, 4, null, null);
    private final AuditLog keyed = AuditLog.of(NODE, LENGTH, 4, AuditLog.KEY, SIGNING);

    static IntStream places() {
        return IntStream.range(0, LENGTH);
    }

    static IntStream placesButTheLast() {
        return IntStream.range(0, LENGTH - 1);
    }

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
                        .verify(log)
                        .nodes())
                .containsExactly(new AuditReport.Node(NODE, 1, 10, 10, 10, 0, 2, 2, 8, 8));
    }

    @Test
    void aLogWithoutAnythingIsNotAccused() {
        assertThat(verify(new AuditLog()).findings()).isEmpty();
    }

    @Test
    void withoutTheChainKeyTheHashesAreCountedAsUnchecked() {
        AuditReport report = new AuditVerifier(
                        ChainKeys.NONE, SigningKeys.publicOf(SIGNING), Anchors.NONE, AuditVerifier.DEFAULT_MAX_FINDINGS)
                .verify(keyed);

        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes().get(0).uncheckedRows()).isEqualTo(LENGTH);
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

    @ParameterizedTest
    @MethodSource("pairs")
    void aRowThatWasMovedInAnExportIsNamed(int one, int other) {
        plain.rows.add(one, plain.rows.remove(other));

        assertThat(verify(plain).first().orElseThrow().seq()).isEqualTo(one + 1);
    }

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
    void twoRowsOfOneNumberAreNamed(int place) {
        JournalRow row = plain.rows.get(place);
        plain.rows.add(place + 1, rehashed(withReason(row, "another")));

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
                        .verify(rewritten)
                        .findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(place + 1L, Kind.KEY));
    }

    @Test
    void aKeyMayTakeTheChainOverAndBeFollowedByAnother() {
        ChainKey second = new ChainKey(new byte[32]);
        AuditLog log = new AuditLog();
        log.append(NODE, 3, null);
        log.append(NODE, 3, AuditLog.KEY);
        log.append(NODE, 3, second);

        assertThat(new AuditVerifier(new ChainKeys(List.of(second, AuditLog.KEY)), PublicKeys.NONE, Anchors.NONE, 10)
                        .verify(log)
                        .findings())
                .isEmpty();
    }

    @Test
    void aKeyThatNobodyGaveIsNamedOnce() {
        AuditLog log = new AuditLog();
        log.append(NODE, 2, AuditLog.KEY);
        log.append(NODE, 2, new ChainKey(new byte[32]));

        assertOnly(log, 3, Kind.KEY);
    }

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

    @ParameterizedTest
    @MethodSource("checkpointPlaces")
    void aChangedCheckpointIsNamed(int which) {
        Checkpoint was = plain.checkpoints.get(which);
        plain.checkpoints.set(which, withRoot(was, "f".repeat(64), was.hash()));

        assertOnly(plain, was.firstSeq(), Kind.CHECKPOINT_CHANGED);
    }

    @ParameterizedTest
    @MethodSource("checkpointPlaces")
    void aChangedCheckpointWithANewHashIsNamed(int which) {
        Checkpoint was = keyed.checkpoints.get(which);
        Checkpoint changed = withRoot(was, "f".repeat(64), "");
        keyed.checkpoints.set(which, withRoot(changed, changed.merkleRoot(), Sha256.hex(changed.canonical())));

        assertFirst(keyed, was.firstSeq(), Kind.SIGNATURE);
    }

    @ParameterizedTest
    @MethodSource("checkpointPlaces")
    void aCheckpointThatIsGoneIsMissed(int which) {
        Anchors anchors = plain.anchors();
        plain.checkpoints.remove(which);

        assertThat(verify(plain, anchors).first().orElseThrow())
                .returns(which * 4L + 1, Finding::seq)
                .returns(Kind.CHECKPOINT_CHANGED, Finding::kind);
        // the last one only by the anchor
        assertThat(verify(plain).intact()).isEqualTo(which == 2);
    }

    @ParameterizedTest
    @MethodSource("checkpointPlaces")
    void aSignatureThatIsTakenOffIsMissed(int which) {
        AuditLog log = keyed;
        Checkpoint was = log.checkpoints.get(which);
        log.checkpoints.set(which, withSignature(was, null, null));

        // the first may be from before the key: it takes the anchor to miss it
        assertThat(verify(log).intact()).isEqualTo(which == 0);
        assertThat(verify(
                                log,
                                AuditLog.of(NODE, LENGTH, 4, AuditLog.KEY, SIGNING)
                                        .anchors())
                        .first()
                        .orElseThrow())
                .returns(was.firstSeq(), Finding::seq)
                .returns(Kind.SIGNATURE, Finding::kind);
    }

    @Test
    void aSignatureOfAnotherKeyIsNamed() {
        AuditLog log = AuditLog.of(NODE, 8, 4, AuditLog.KEY, SIGNING);
        log.append(NODE, 4, AuditLog.KEY);
        log.checkpoint(NODE, 4, SigningKeys.fresh());

        assertOnly(log, 9, Kind.SIGNATURE);
    }

    @Test
    void aLogThatHasNothingOfTheGivenKeysIsAccused() {
        AuditReport report = new AuditVerifier(
                        new ChainKeys(List.of(AuditLog.KEY)), SigningKeys.publicOf(SIGNING), Anchors.NONE, 10)
                .verify(plain);

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.KEY, Kind.SIGNATURE);
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
    void aRowThatCannotBeReadIsNamedAndTheOnesBehindItAreChecked() {
        List<JournalRow> rows = new ArrayList<>(plain.rows);
        AuditSource unreadable = new AuditSourceWithUnreadableRows(plain, List.of(3L, 9L));

        assertThat(rows).hasSize(LENGTH);
        assertThat(new AuditVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 10)
                        .verify(unreadable)
                        .findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(3L, Kind.CHANGED), tuple(9L, Kind.CHANGED));
    }

    @Test
    void aTornLineOfTheAnchorDoesNotHideTheNext() {
        List<String> lines = plain.checkpoints.stream().map(Checkpoint::toJson).toList();
        Anchors anchors = Anchors.read(
                List.of(lines.get(0), lines.get(1).substring(0, 77) + lines.get(1), lines.get(1), lines.get(2), "")
                        .iterator());

        assertThat(anchors.unreadable()).isEqualTo(1);
        assertThat(anchors.of(NODE)).containsOnlyKeys(4L, 8L, 12L);
        assertThat(verify(plain, anchors).findings()).isEmpty();
    }

    @Test
    void theReportKeepsAsManyFindingsAsAskedForAndCountsAll() {
        for (int i = 0; i < LENGTH; i++) {
            plain.rows.set(i, withReason(plain.rows.get(i), "another"));
        }

        AuditReport report = new AuditVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 3).verify(plain);

        assertThat(report.findings()).extracting(Finding::seq).containsExactly(1L, 2L, 3L);
        assertThat(report.total()).isEqualTo(LENGTH);
    }

    static IntStream checkpointPlaces() {
        return IntStream.range(0, 3);
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

    private static AuditLog rewritten(AuditLog log, int from) {
        AuditLog rewritten = new AuditLog();
        rewritten.rows.addAll(log.rows.subList(0, from));
        for (JournalRow row : log.rows.subList(from, LENGTH)) {
            rewritten.append(NODE, null, JournalEntry.of(JournalEvent.DISMISSED, row.interactionId(), "s-0"));
        }
        rewritten.checkpoints.addAll(log.checkpoints);
        return rewritten;
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

    private static JournalRow withReason(JournalRow row, String reason) {
        return new JournalRow(
                row.node(),
                row.seq(),
                row.at(),
                row.event(),
                row.interactionId(),
                row.suggestionId(),
                reason,
                row.details(),
                row.prevHash(),
                row.hash(),
                row.keyId());
    }

    private static JournalRow rehashed(JournalRow row) {
        return row.withHash(HashChain.hashOf(row, null));
    }

    private static Checkpoint withRoot(Checkpoint was, String root, String hash) {
        return new Checkpoint(
                was.node(),
                was.firstSeq(),
                was.seq(),
                root,
                was.headHash(),
                was.at(),
                was.prevCheckpoint(),
                hash,
                was.keyId(),
                was.signature());
    }

    private static Checkpoint withSignature(Checkpoint was, String keyId, String signature) {
        return new Checkpoint(
                was.node(),
                was.firstSeq(),
                was.seq(),
                was.merkleRoot(),
                was.headHash(),
                was.at(),
                was.prevCheckpoint(),
                was.hash(),
                keyId,
                signature);
    }

    private AuditReport verify(AuditLog log) {
        return verify(log, Anchors.NONE);
    }

    /** With the keys that the log is written with. */
    private AuditReport verify(AuditLog log, Anchors anchors) {
        boolean hasKeys = log.rows.stream().anyMatch(row -> row.keyId() != null);
        boolean hasSignatures = log.checkpoints.stream().anyMatch(checkpoint -> checkpoint.keyId() != null);
        return new AuditVerifier(
                        hasKeys ? new ChainKeys(List.of(AuditLog.KEY)) : ChainKeys.NONE,
                        hasSignatures ? SigningKeys.publicOf(SIGNING) : PublicKeys.NONE,
                        anchors,
                        AuditVerifier.DEFAULT_MAX_FINDINGS)
                .verify(log);
    }

    private void assertOnly(AuditLog log, long seq, Kind kind) {
        assertThat(verify(log).findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(seq, kind));
    }

    private void assertFirst(AuditLog log, long seq, Kind kind) {
        assertThat(verify(log).first().orElseThrow()).returns(seq, Finding::seq).returns(kind, Finding::kind);
    }
}
