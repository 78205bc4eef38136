package io.github.cxoneassist.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The operators' word on rows that are gone from a node: what excuses those that are missing at its beginning, and, where
 * the node is an operators' chain itself, what its rows say of another's.
 */
final class OperatorsWord {
    private final String node;
    private final Archived archived;
    private final boolean chainKeys;
    private final boolean publicKeys;
    private final boolean operator;

    /** What good rows of this chain say. */
    private final Map<JournalRow, AuditReport.Archive> said = new LinkedHashMap<>();

    /** What is said of the rows that are missing at the beginning; null for nothing. */
    private Archived.Word excuse;

    /**
     * @param archived what is said so far, node by node
     * @param chainKeys whether any are given
     * @param publicKeys likewise
     */
    OperatorsWord(String node, Archived archived, boolean chainKeys, boolean publicKeys) {
        this.node = node;
        this.archived = archived;
        this.chainKeys = chainKeys;
        this.publicKeys = publicKeys;
        this.operator = node.endsWith(AuditVerifier.OPERATOR);
    }

    /**
     * What is to be believed of rows that are missing up to this one.
     *
     * @param plain whether the first row that is there has no key
     */
    Optional<AuditReport.Archive> upTo(long seq, boolean plain) {
        excuse = archived.upTo(node, seq).orElse(null);
        return believed(plain);
    }

    /** The same where there is no row at all. */
    Optional<AuditReport.Archive> ofAll() {
        excuse = archived.last(node).orElse(null);
        return believed(false);
    }

    /** Whether anything was said, to be believed or not. */
    boolean isSaid() {
        return excuse != null;
    }

    /** An archive is never of the last row, so whoever archived before the log had a key left a row behind without a key. */
    private Optional<AuditReport.Archive> believed(boolean plain) {
        if (excuse != null && excuse.doubt() == null && !excuse.keyed() && !plain && chainKeys) {
            excuse = new Archived.Word(excuse.archive(), excuse.row(), false, "its hash is not keyed");
        }
        return excuse == null || excuse.doubt() != null ? Optional.empty() : Optional.of(excuse.archive());
    }

    /** What to say of missing rows, behind that they are. */
    String disbelief() {
        return excuse == null || excuse.doubt() == null
                ? ", and no checkpoint with a row of an operator says that they were archived"
                : ", and row " + excuse.row() + " of " + OperatorChain.nodeOf(node)
                        + ", which says that they were archived, is not to be believed: " + excuse.doubt();
    }

    /** Takes a row of this chain that is as it was written. */
    void heard(JournalRow row) {
        if (operator) {
            Archived.read(row).ifPresent(archive -> said.put(row, archive));
        }
    }

    /**
     * All of this chain was read: what vouches for its rows is known.
     *
     * @param keyedUpTo the last row whose hash is of a key that was given, and right
     * @param signedUpTo up to which row a signed checkpoint vouches; everything where that is not to be asked
     * @param coveredUpTo up to which row there are checkpoints: a command that was killed has left its row behind the last one,
     *     and then it is the key that vouches
     */
    void tell(long keyedUpTo, long signedUpTo, long coveredUpTo) {
        said.forEach((row, archive) -> {
            String doubt = null;
            if (chainKeys && keyedUpTo < row.seq()) {
                doubt = "its hash is not keyed, nor is that of a row behind it";
            } else if (publicKeys && signedUpTo < row.seq() && !(chainKeys && row.seq() > coveredUpTo)) {
                doubt = "it lies under no signed checkpoint";
            }
            archived.add(new Archived.Word(archive, row.seq(), row.keyId() != null, doubt));
        });
    }
}
