package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.List;
import java.util.stream.IntStream;

/** What a verifier says of a log of twelve rows, with checkpoints after four, eight and twelve, wherever it is kept. */
abstract class VerifierChapter {
    static final String NODE = "node-1";

    static final int LENGTH = 12;

    static final SigningKey SIGNING = SigningKeys.fresh();

    final AuditLog plain = AuditLog.of(NODE, LENGTH, 4, null, null);

    final AuditLog keyed = AuditLog.of(NODE, LENGTH, 4, AuditLog.KEY, SIGNING);

    /** The log as a verifier finds it where such logs are kept. */
    abstract AuditSource kept(AuditLog log);

    static IntStream places() {
        return IntStream.range(0, LENGTH);
    }

    static IntStream placesButTheLast() {
        return IntStream.range(0, LENGTH - 1);
    }

    static JournalRow withReason(JournalRow row, String reason) {
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

    static JournalRow rehashed(JournalRow row) {
        return row.withHash(HashChain.hashOf(row, null));
    }

    AuditReport verify(AuditLog log) {
        return verify(log, Anchors.NONE);
    }

    /** With the keys that the log is written with. */
    AuditReport verify(AuditLog log, Anchors anchors) {
        boolean hasKeys = log.rows.stream().anyMatch(row -> row.keyId() != null);
        boolean hasSignatures = log.checkpoints.stream().anyMatch(checkpoint -> checkpoint.keyId() != null);
        return new AuditVerifier(
                        hasKeys ? new ChainKeys(List.of(AuditLog.KEY)) : ChainKeys.NONE,
                        hasSignatures ? SigningKeys.publicOf(SIGNING) : PublicKeys.NONE,
                        anchors,
                        AuditVerifier.DEFAULT_MAX_FINDINGS)
                .verify(kept(log));
    }

    void assertOnly(AuditLog log, long seq, Kind kind) {
        assertThat(verify(log).findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(seq, kind));
    }

    void assertFirst(AuditLog log, long seq, Kind kind) {
        assertThat(verify(log).first().orElseThrow()).returns(seq, Finding::seq).returns(kind, Finding::kind);
    }
}
