package io.github.cxoneassist.journal;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** One verification of one node. The rows lead; checkpoints, anchors and texts are met when their row has come. */
final class NodeVerifier {
    private final String node;
    private final RowHashes hashes;
    private final OperatorsWord operators;
    private final Findings findings;
    private final CheckpointVerifier checkpoints;
    private final NavigableMap<Long, Checkpoint> anchors;

    private TextVerifier texts;
    /** Null for a whole chain. */
    private AuditRange range;
    /** What the row to come has to follow: two hashes where it is open which of them it was; null where nobody knows. */
    private Set<String> head = oneOf(ChainHead.GENESIS.hash());
    /** What the last row followed. */
    private Set<String> beforeHead = Set.of();

    private long seq;
    /** By how much the rows from here on were renumbered. */
    private long shift;
    /** Whether the last row was reported. */
    private boolean suspect;
    /** Which number was last reported to be there twice. */
    private long forkedAt = -1;

    private long first;
    private long rows;

    NodeVerifier(
            String node,
            ChainKeys keys,
            PublicKeys publicKeys,
            NavigableMap<Long, Checkpoint> anchors,
            Archived archived,
            Findings findings) {
        this.node = node;
        this.hashes = new RowHashes(node, keys, findings);
        this.operators = new OperatorsWord(node, archived, !keys.isEmpty(), !publicKeys.isEmpty());
        this.findings = findings;
        this.anchors = anchors;
        this.checkpoints = new CheckpointVerifier(node, publicKeys, anchors, findings);
    }

    AuditReport.Node verify(AuditSource source, Runnable eachRow) {
        range = source.range(node).orElse(null);
        if (range != null) {
            seq = range.first() - 1;
            head = oneOf(range.prevHash());
        }
        checkpoints.begin(source.checkpoints(node), range);
        boolean fromTheStart = source.fromTheStart();
        texts = new TextVerifier(node, source.texts(node), findings);
        Iterator<JournalRow> all = source.rows(node);
        Stored next = Stored.next(all);
        while (next != null) {
            Stored row = next;
            next = Stored.next(all);
            if (rows == 0) {
                begin(row, fromTheStart);
            }
            rows++;
            check(row, next);
            if (row.row() != null && !suspect) {
                operators.heard(row.row());
            }
            eachRow.run();
        }
        end();
        // a part may have no checkpoint
        operators.tell(
                hashes.keyedUpTo(), range == null ? checkpoints.signedUpTo() : Long.MAX_VALUE, checkpoints.lastSeq());
        return new AuditReport.Node(
                node,
                first,
                rows == 0 ? 0 : seq,
                rows,
                hashes.keyedRows(),
                hashes.uncheckedRows(),
                checkpoints.count(),
                checkpoints.signed(),
                checkpoints.uncheckedSignatures(),
                anchors.isEmpty() ? 0 : anchors.lastKey(),
                checkpoints.lastSeq());
    }

    /** Rows may be missing at the beginning, where a checkpoint stands for them and an operator has said so. */
    private void begin(Stored stored, boolean fromTheStart) {
        first = stored.seq();
        boolean plain = stored.row() == null || stored.row().keyId() == null;
        if (range != null) {
            if (fromTheStart && range.first() > 1) {
                explain(range.first(), plain);
            }
        } else if (first > 1 && operators.upTo(first - 1, plain).isPresent()) {
            checkpoints.skipTo(first - 1).ifPresent(checkpoint -> {
                seq = checkpoint.seq();
                head = oneOf(checkpoint.headHash());
            });
        }
    }

    /** A part that begins where the log began begins with its first row, or as above. */
    private void explain(long before, boolean plain) {
        boolean said = operators.upTo(before - 1, plain).isPresent();
        if (!said || !checkpoints.beginsWith(before - 1)) {
            found(1, Kind.DELETED, theRows(1, before) + operators.disbelief());
        }
    }

    private void end() {
        if (range != null) {
            endOfRange();
        } else if (rows == 0) {
            // all of it archived, or all of it gone
            Optional<AuditReport.Archive> archive = operators.ofAll();
            if (archive.isPresent()) {
                checkpoints.skipTo(archive.get().seq()).ifPresent(checkpoint -> seq = checkpoint.seq());
            } else if (operators.isSaid()) {
                found(1, Kind.DELETED, "all rows are missing" + operators.disbelief());
            }
        }
        checkpoints.end(seq);
        texts.end();
    }

    private void endOfRange() {
        if (seq < range.last()) {
            found(
                    seq + 1,
                    Kind.TAIL_CUT,
                    "the rows from " + (seq + 1) + " to " + range.last() + " are missing at the end");
            checkpoints.rowsEnd();
        } else if (seq > range.last()) {
            found(range.last() + 1, Kind.INSERTED, "there are rows behind row " + range.last() + ", which is the last");
        } else if (!suspect && head != null && !head.contains(range.headHash())) {
            found(seq, Kind.CHANGED, "row " + seq + " is another than the one at the end when this was written");
        }
    }

    private void check(Stored stored, Stored next) {
        if (stored.damage() != null) {
            damaged(stored.damage());
        } else if (!node.equals(stored.row().node())) {
            found(seq + 1, Kind.MOVED, "a row of node " + stored.row().node() + " stands among those of " + node);
        } else {
            check(stored.row(), next == null ? null : next.row());
        }
    }

    private void damaged(DamagedRowException damage) {
        if (damage.seq() > seq + 1) {
            missing(damage.seq());
        }
        found(damage.seq(), Kind.CHANGED, damage.getMessage());
        if (damage.seq() > seq) {
            advance(damage.seq(), null);
            checkpoints.passed(seq, null, false);
            texts.passed(seq, null);
        }
    }

    private void check(JournalRow row, JournalRow next) {
        if (row.seq() == seq && rows > 1) {
            forked();
            head = null;
            return;
        } else if (row.seq() <= seq) {
            found(row.seq(), Kind.MOVED, "row " + row.seq() + " stands behind row " + seq);
            return;
        } else if (row.seq() > seq + 1) {
            if (next != null && next.seq() == seq + 1) {
                found(seq + 1, Kind.MOVED, "row " + row.seq() + " stands in the place of row " + (seq + 1));
            } else {
                missing(row.seq());
            }
            advance(row.seq() - 1, null);
        }
        judge(row, next);
        if (next != null && next.seq() == seq) {
            // said before the checkpoint is asked, which knows its rows only as a whole
            forked();
        }
        if (shift != 0) {
            // all that is renumbered differs from what the checkpoints say, in consequence of what is reported
            checkpoints.spoiled();
        }
        checkpoints.passed(seq, row, hashes.canCheck(row));
        texts.passed(seq, row);
    }

    private void forked() {
        if (forkedAt != seq) {
            forkedAt = seq;
            found(seq, Kind.FORKED, "there are two rows " + seq);
        }
    }

    private void missing(long before) {
        long from = seq + 1;
        String which = theRows(from, before);
        found(from, Kind.DELETED, seq == 0 && range == null ? which + operators.disbelief() : which);
    }

    private static String theRows(long from, long before) {
        return from == before - 1
                ? "row " + from + " is missing"
                : "rows " + from + " to " + (before - 1) + " are missing";
    }

    /** The row has the number that is due. */
    private void judge(JournalRow row, JournalRow next) {
        hashes.checkKey(row);
        JournalRow written = shift == 0 ? row : row.withSeq(row.seq() + shift);
        String hash = hashes.of(written);
        boolean hashFits = hash == null || hash.equals(row.hash());
        boolean linkFits = head == null || head.contains(row.prevHash());
        Set<String> follows = oneOf(row.hash());
        if (hashFits && linkFits) {
            suspect = false;
            hashes.right(row);
        } else if (linkFits && shift != 0 && hashes.fits(row)) {
            // renumbered rows have come to an end
            shift = 0;
        } else if (suspect && hashFits) {
            // the break is at the row before, which is reported
            suspect = false;
        } else if (linkFits && followsHead(next)) {
            follows = inserted(row, next);
        } else if (linkFits) {
            found(seq + 1, Kind.CHANGED, "row " + (seq + 1) + " was changed: its hash is not that of its fields");
            // the hash alone may have been changed: the next row tells
            follows = oneOf(row.hash(), hash);
        } else {
            follows = unlinked(row, next, hashFits, hash != null);
        }
        Set<String> followed = head;
        advance(seq + 1, follows);
        beforeHead = followed == null ? Set.of() : followed;
    }

    /** @return what the row behind it may follow; null where nobody knows */
    private Set<String> unlinked(JournalRow row, JournalRow next, boolean hashFits, boolean checked) {
        long here = seq + 1;
        if (beforeHead.contains(row.prevHash())) {
            // the rows behind it may have moved up
            found(seq, Kind.INSERTED, "row " + seq + " was put between two rows that followed each other");
            shift = hashFits ? shift : shift - 1;
        } else if (hashFits && checked && seq > checkpoints.goodUpTo() && seq >= first && seq > 0) {
            found(
                    seq,
                    Kind.CHANGED,
                    "row " + seq + " is not the one that row " + here
                            + " was written after: it was changed and has a new" + " hash, or all from row " + here
                            + " on was written anew");
        } else if (hashFits) {
            found(
                    here,
                    Kind.CHANGED,
                    "row " + here + " does not follow row " + seq + ": its prev_hash is another than that row's hash");
        } else if (followsHead(next) && hashes.origin(row) == 0) {
            return inserted(row, next);
        } else {
            return displaced(row, next);
        }
        return oneOf(row.hash());
    }

    private boolean followsHead(JournalRow next) {
        return next != null && head != null && head.contains(next.prevHash());
    }

    private Set<String> inserted(JournalRow row, JournalRow next) {
        long here = seq + 1;
        found(here, Kind.INSERTED, "row " + here + " was put between two rows that followed each other");
        shift = hashes.fits(next.withSeq(next.seq() + shift)) ? shift : shift - 1;
        Set<String> follows = new HashSet<>(head);
        follows.add(row.hash());
        return follows;
    }

    private Set<String> displaced(JournalRow row, JournalRow next) {
        long here = seq + 1;
        long origin = hashes.origin(row);
        long by = origin - here;
        if (origin == 0) {
            found(here, Kind.CHANGED, "row " + here + " was changed: neither its hash nor its prev_hash fit");
            return null;
        }
        boolean shifted = next == null ? by > 0 : hashes.fits(next.withSeq(next.seq() + by)) && !hashes.fits(next);
        if (shifted) {
            shift = by;
        }
        if (shifted && by < 0) {
            found(here + by, Kind.INSERTED, "the rows " + (here + by) + " to " + (here - 1) + " were put in");
            return oneOf(row.hash());
        } else if (shifted) {
            found(
                    here,
                    Kind.DELETED,
                    "row " + here + " is missing: what stands in its place was written as row " + origin
                            + ", and the rows behind it were renumbered too");
            return oneOf(row.hash());
        }
        found(here, Kind.MOVED, "what stands in the place of row " + here + " was written as row " + origin);
        return null;
    }

    private void advance(long to, Set<String> follows) {
        seq = to;
        beforeHead = Set.of();
        head = follows;
    }

    private static Set<String> oneOf(String... hashes) {
        // not Set.of: a tampered row may have none
        return new HashSet<>(Arrays.asList(hashes));
    }

    private void found(long at, Kind kind, String what) {
        findings.add(new Finding(node, at, kind, what));
        suspect = true;
        checkpoints.spoiled();
    }

    /** A row as far as it can be read. */
    private record Stored(JournalRow row, DamagedRowException damage) {
        static Stored next(Iterator<JournalRow> rows) {
            if (!rows.hasNext()) {
                return null;
            }
            try {
                return new Stored(rows.next(), null);
            } catch (DamagedRowException e) {
                return new Stored(null, e);
            }
        }

        long seq() {
            return row == null ? damage.seq() : row.seq();
        }
    }
}
