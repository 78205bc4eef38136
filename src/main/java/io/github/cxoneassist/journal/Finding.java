package io.github.cxoneassist.journal;

/**
 * Something that is not as it was written.
 *
 * @param node whose chain
 * @param seq the first row that is bad, or that the bad checkpoint covers
 * @param upTo the same, or the last of several rows of which one is bad, and only a chain key could tell which
 * @param what a sentence for an auditor
 */
public record Finding(String node, long seq, long upTo, Kind kind, String what) {
    public Finding(String node, long seq, Kind kind, String what) {
        this(node, seq, seq, kind, what);
    }

    public enum Kind {
        /** A row is not the one that was written. */
        CHANGED,
        /** Rows are missing in the middle or at the beginning. */
        DELETED,
        /** A row stands between two that followed each other. */
        INSERTED,
        /** A row stands in another row's place. */
        MOVED,
        /** Rows are missing at the end: a checkpoint or the anchor knows of more. */
        TAIL_CUT,
        /** There are two histories: two rows of one number, or rows that are not those of a checkpoint. */
        FORKED,
        /** A suggestion's text is not the one of its row. */
        TEXT_CHANGED,
        /** A checkpoint is missing, or is not the one that was made. */
        CHECKPOINT_CHANGED,
        /** A checkpoint's signature is wrong or missing, or of a key that the verifier does not know. */
        SIGNATURE,
        /** A row's hash is of a key that the verifier does not know, or of none where there was one before. */
        KEY,
        /** A legal hold was set by nobody, or is gone and nobody released it. */
        LEGAL_HOLD,
        /** An export is not what its manifest says, or the manifest is not what was signed. */
        EXPORT
    }

    @Override
    public String toString() {
        return node + "/" + seq + (upTo == seq ? "" : "-" + upTo) + " " + kind + ": " + what;
    }
}
