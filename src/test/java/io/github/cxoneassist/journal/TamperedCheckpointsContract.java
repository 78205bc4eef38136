package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints that are changed, gone, or not signed as they were; and hashes of keys. */
abstract class TamperedCheckpointsContract extends VerifierChapter {
    static IntStream checkpointPlaces() {
        return IntStream.range(0, 3);
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
                .verify(kept(plain));

        assertThat(report.findings()).extracting(Finding::kind).containsExactly(Kind.KEY, Kind.SIGNATURE);
    }

    @Test
    void aChainOfTheOperatorsDoesNotVouchForTheNode() {
        AuditLog anew = new AuditLog();
        anew.append(NODE, 5, null);
        anew.checkpoint(NODE, 5, null);
        withOperators(anew);

        assertThat(verify(anew).findings())
                .extracting(Finding::node, Finding::seq, Finding::kind)
                .containsExactly(tuple(NODE, 1L, Kind.KEY), tuple(NODE, 1L, Kind.SIGNATURE));
    }

    @Test
    void aKeyedAndSignedChainBesideAnotherIsNotAccused() {
        withOperators(keyed);

        assertThat(verify(keyed, keyed.anchors()).findings()).isEmpty();
    }

    @Test
    void aWholeChainThatWasPutBesideTheOthersIsAccused() {
        withOperators(keyed);
        Anchors anchors = keyed.anchors();
        keyed.append("evil", 3, null);

        assertThat(verify(keyed, anchors).findings())
                .extracting(Finding::node, Finding::seq, Finding::kind)
                .containsExactly(tuple("evil", 1L, Kind.KEY), tuple("evil", 1L, Kind.SIGNATURE));
    }

    @Test
    void aNewNodeThatHasNoCheckpointYetIsNotAccusedSinceItsHashesAreOfTheKey() {
        Anchors anchors = keyed.anchors();
        keyed.append("node-2", 3, AuditLog.KEY);

        assertThat(verify(keyed, anchors).findings()).isEmpty();
    }

    private static void withOperators(AuditLog log) {
        log.append(NODE + ".operator", AuditLog.KEY, JournalEntry.of(JournalEvent.LEGAL_HOLD_SET));
        log.checkpoint(NODE + ".operator", 1, SIGNING);
    }

    @Test
    void withoutTheChainKeyTheHashesAreCountedAsUnchecked() {
        AuditReport report = new AuditVerifier(
                        ChainKeys.NONE, SigningKeys.publicOf(SIGNING), Anchors.NONE, AuditVerifier.DEFAULT_MAX_FINDINGS)
                .verify(kept(keyed));

        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes().get(0).uncheckedRows()).isEqualTo(LENGTH);
    }

    @Test
    void aKeyMayTakeTheChainOverAndBeFollowedByAnother() {
        ChainKey second = new ChainKey(new byte[32]);
        AuditLog log = new AuditLog();
        log.append(NODE, 3, null);
        log.append(NODE, 3, AuditLog.KEY);
        log.append(NODE, 3, second);

        assertThat(new AuditVerifier(new ChainKeys(List.of(second, AuditLog.KEY)), PublicKeys.NONE, Anchors.NONE, 10)
                        .verify(kept(log))
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
}
