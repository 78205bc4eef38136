package io.github.cxoneassist.journal;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;

/** Holds each checkpoint of a node against the rows that it covers, the checkpoint before it, and the anchor's. */
final class CheckpointVerifier {
    private final String node;
    private final PublicKeys keys;
    private final NavigableMap<Long, Checkpoint> anchors;
    private final Findings findings;

    private AuditRange range;
    private Iterator<Checkpoint> all;
    private Checkpoint next;
    private Checkpoint last;
    /** Up to which row the anchor's were looked at. */
    private long anchored;

    private MerkleTree tree = new MerkleTree();
    private long treeFrom = 1;
    /** Something in the rows since the last checkpoint is reported already. */
    private boolean spoiled;

    /** The hash of a row since the last checkpoint is of a key that is not at hand. */
    private boolean unchecked;

    private boolean ended;
    private boolean signatureSeen;
    private long goodUpTo;
    private long signedUpTo;
    private long count;
    private long signed;
    private long uncheckedSignatures;

    CheckpointVerifier(String node, PublicKeys keys, NavigableMap<Long, Checkpoint> anchors, Findings findings) {
        this.node = node;
        this.keys = keys;
        this.anchors = anchors;
        this.findings = findings;
    }

    /** @param part null for a whole chain */
    void begin(Iterator<Checkpoint> checkpoints, AuditRange part) {
        all = checkpoints;
        range = part;
        if (part != null) {
            treeFrom = part.first();
        }
        advance();
    }

    /** Takes checkpoints of archived rows as they are, the one for {@code seq} last; empty where there is none for it. */
    Optional<Checkpoint> skipTo(long seq) {
        while (next != null && next.seq() <= seq) {
            checkAnchors(next.seq());
            check(null);
        }
        if (last == null || last.seq() != seq) {
            return Optional.empty();
        }
        treeFrom = seq + 1;
        return Optional.of(last);
    }

    /** Whether the first one is for the rows up to this one, right before a part. */
    boolean beginsWith(long seq) {
        return next != null && next.seq() == seq;
    }

    /**
     * @param row null where it could not be read
     * @param checked whether its hash is known to be that of its fields, or reported
     */
    void passed(long seq, JournalRow row, boolean checked) {
        while (next != null && next.seq() < seq) {
            // for a row that is not there, which is reported, or with numbers that go back
            checkAnchors(next.seq());
            check(null);
        }
        if (row != null) {
            // a row before it is missing, which is reported
            spoiled |= seq != treeFrom + tree.size();
            unchecked |= !checked;
            tree.add(CanonicalRow.leaf(row));
        }
        boolean known = next != null && next.seq() == seq;
        checkAnchors(seq);
        Checkpoint anchor = anchors.get(seq);
        if (!known
                && anchor != null
                && row != null
                && !spoiled
                && !anchor.headHash().equals(row.hash())) {
            found(seq, Kind.FORKED, "row " + seq + " is another than the one that the anchor knows");
        }
        while (next != null && next.seq() == seq) {
            check(row);
        }
    }

    /** That rows are missing at the end is reported already. */
    void rowsEnd() {
        ended = true;
    }

    /** @param seq of the last row */
    void end(long seq) {
        long anchor = anchors.isEmpty() ? 0 : anchors.lastKey();
        if (!ended && (next != null || anchor > seq)) {
            String who = next != null
                    ? "there is a checkpoint for rows up to " + next.seq()
                    : "the anchor knows of rows up to " + anchor;
            found(seq + 1, Kind.TAIL_CUT, "the rows from " + (seq + 1) + " on are missing: " + who);
        }
        while (next != null) {
            checkAnchors(next.seq());
            check(null);
        }
    }

    /** The checkpoint is the one to judge; {@code row} is the last that it covers, null where that cannot be seen. */
    private void check(JournalRow row) {
        Checkpoint checkpoint = next;
        advance();
        count++;
        boolean sound = checkItself(checkpoint);
        checkAnchor(checkpoint);
        if (range != null && checkpoint.firstSeq() < range.first()) {
            checkHead(checkpoint, row);
        } else if (row != null && sound && !spoiled) {
            checkRows(checkpoint, row);
        }
        if (row != null && sound && !spoiled) {
            goodUpTo = checkpoint.seq();
            boolean vouches = keys.signed(checkpoint) || keys.leavesOpen(checkpoint.keyId());
            signedUpTo = vouches ? checkpoint.seq() : signedUpTo;
        }
        last = checkpoint;
        tree = new MerkleTree();
        treeFrom = checkpoint.seq() + 1;
        spoiled = false;
        unchecked = false;
    }

    private boolean checkItself(Checkpoint checkpoint) {
        long expectedFirst = last == null ? 1 : last.seq() + 1;
        String expectedPrev = last == null ? Checkpoint.NONE : last.hash();
        boolean sound = true;
        if (!checkpoint.hashFits()) {
            changed(checkpoint, "its hash is not that of its fields");
            sound = false;
        } else if (last == null && range != null) {
            // the one before it is not in the part
            if (checkpoint.firstSeq() > range.first()) {
                changed(checkpoint, "the one before it is missing");
            }
            sound = checkpoint.firstSeq() == treeFrom;
        } else if (!Objects.equals(expectedPrev, checkpoint.prevCheckpoint())
                || checkpoint.firstSeq() != expectedFirst) {
            changed(checkpoint, "it does not follow the checkpoint before it: one is missing, or is another");
            sound = checkpoint.firstSeq() == treeFrom;
        }
        checkSignature(checkpoint);
        return sound;
    }

    private void checkSignature(Checkpoint checkpoint) {
        if (checkpoint.signature() == null && checkpoint.keyId() == null) {
            if (signatureSeen) {
                report(checkpoint, Kind.SIGNATURE, "is not signed, and those before it are");
            }
        } else if (!keys.isEmpty()) {
            if (keys.leavesOpen(checkpoint.keyId())) {
                uncheckedSignatures++;
            } else if (!keys.knows(checkpoint.keyId())) {
                report(
                        checkpoint,
                        Kind.SIGNATURE,
                        "is signed by the key " + checkpoint.keyId() + ", which is none of those given");
            } else if (keys.signed(checkpoint)) {
                signed++;
            } else {
                report(checkpoint, Kind.SIGNATURE, "has a signature that is not of its key " + checkpoint.keyId());
            }
        }
        signatureSeen = checkpoint.signature() != null;
    }

    private void checkAnchor(Checkpoint checkpoint) {
        Checkpoint anchor = anchors.get(checkpoint.seq());
        if (anchor == null) {
            return;
        }
        if (!anchor.hash().equals(checkpoint.hash())) {
            report(checkpoint, Kind.FORKED, "is another than the one that the anchor knows");
        } else if (!Objects.equals(anchor.signature(), checkpoint.signature())) {
            report(checkpoint, Kind.SIGNATURE, "has another signature than the one that the anchor knows");
        }
    }

    /** The anchor's checkpoints up to here that the database does not have. */
    private void checkAnchors(long upTo) {
        if (anchors.isEmpty() || upTo <= anchored) {
            return;
        }
        for (Checkpoint anchor : anchors.subMap(anchored, false, upTo, true).values()) {
            if (!anchor.hashFits()) {
                report(
                        anchor,
                        Kind.CHECKPOINT_CHANGED,
                        "was changed at the anchor: its hash is not that of its fields");
            } else if (!keys.isEmpty()
                    && anchor.signature() != null
                    && !keys.leavesOpen(anchor.keyId())
                    && !keys.signed(anchor)) {
                report(anchor, Kind.SIGNATURE, "has a signature at the anchor that is of none of the keys given");
            } else if ((next == null || next.seq() != anchor.seq()) && (last == null || last.seq() != anchor.seq())) {
                report(anchor, Kind.CHECKPOINT_CHANGED, "is missing, and the anchor has it");
            }
        }
        anchored = upTo;
    }

    private void checkRows(Checkpoint checkpoint, JournalRow row) {
        boolean same = Objects.equals(checkpoint.headHash(), row.hash())
                && checkpoint.rows() == tree.size()
                && tree.root().equals(checkpoint.merkleRoot());
        if (!same && unchecked) {
            findings.add(new Finding(
                    node,
                    checkpoint.firstSeq(),
                    checkpoint.seq(),
                    Kind.FORKED,
                    "the rows " + checkpoint.firstSeq() + " to " + checkpoint.seq()
                            + " are not all as they were written: their checkpoint is of others. Which it is cannot be"
                            + " told, since the chain key is missing"));
            spoiled = true;
        } else if (!same) {
            found(
                    checkpoint.firstSeq(),
                    Kind.FORKED,
                    "the rows " + checkpoint.firstSeq() + " to " + checkpoint.seq()
                            + " are not those of their checkpoint: some were written anew, with hashes that fit each"
                            + " other");
        }
    }

    /** Of one that covers rows before the range, too: its tree cannot be made, its last row can be seen. */
    private void checkHead(Checkpoint checkpoint, JournalRow row) {
        boolean right = true;
        if (checkpoint.seq() == range.first() - 1) {
            right = Objects.equals(checkpoint.headHash(), range.prevHash());
        } else if (row != null && !spoiled) {
            right = Objects.equals(checkpoint.headHash(), row.hash());
        }
        if (!right) {
            found(
                    Math.max(checkpoint.seq(), range.first()),
                    Kind.FORKED,
                    "the rows up to " + checkpoint.seq() + " are not those of their checkpoint");
        }
    }

    private void changed(Checkpoint checkpoint, String what) {
        report(checkpoint, Kind.CHECKPOINT_CHANGED, "was changed: " + what);
    }

    private void report(Checkpoint checkpoint, Kind kind, String what) {
        findings.add(new Finding(
                node,
                checkpoint.firstSeq(),
                kind,
                "the checkpoint of the rows up to " + checkpoint.seq() + " " + what));
    }

    private void found(long seq, Kind kind, String what) {
        findings.add(new Finding(node, seq, kind, what));
        spoiled = true;
    }

    private void advance() {
        next = all.hasNext() ? all.next() : null;
    }

    void spoiled() {
        spoiled = true;
    }

    /** Up to which row everything is as a checkpoint says. */
    long goodUpTo() {
        return goodUpTo;
    }

    /** The same of a checkpoint with a good signature, or with one that cannot be checked. */
    long signedUpTo() {
        return signedUpTo;
    }

    long count() {
        return count;
    }

    /** With a signature that was checked. */
    long signed() {
        return signed;
    }

    /** Of keys that are not at hand, where others may have signed. */
    long uncheckedSignatures() {
        return uncheckedSignatures;
    }

    long lastSeq() {
        return last == null ? 0 : last.seq();
    }
}
