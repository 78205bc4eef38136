package io.github.cxoneassist.journal;

import io.github.cxoneassist.journal.Finding.Kind;
import java.util.HashSet;
import java.util.Set;

/** What the keys and hashes of a node's rows say, each row by itself, as far as the keys are at hand. */
final class RowHashes {
    private static final int SEARCHES = 20;
    private static final long FARTHEST = 10_000;

    private final String node;
    private final ChainKeys keys;
    private final Findings findings;
    private final Set<String> unknownKeys = new HashSet<>();

    private boolean keyed;
    private int searches = SEARCHES;
    private long keyedRows;
    private long uncheckedRows;
    private long keyedUpTo;

    RowHashes(String node, ChainKeys keys, Findings findings) {
        this.node = node;
        this.keys = keys;
        this.findings = findings;
    }

    /** Whether the row has a key that it may have, behind those before it. The row may be right all the same. */
    void checkKey(JournalRow row) {
        if (row.keyId() == null) {
            if (keyed) {
                found(
                        row.seq(),
                        "row " + row.seq() + " has a hash without a key, and rows before it have one with a key");
            }
            keyed = false;
            return;
        }
        keyed = true;
        keyedRows++;
        if (!canCheck(row)) {
            uncheckedRows++;
            if (!keys.isEmpty() && unknownKeys.add(row.keyId())) {
                found(
                        row.seq(),
                        "row " + row.seq() + " has a hash of the key " + row.keyId()
                                + ", which is none of those given");
            }
        }
    }

    /** What the row's hash has to be; null where the key is not at hand. */
    String of(JournalRow row) {
        if (row.keyId() == null) {
            return HashChain.hashOf(row, null);
        }
        return keys.find(row.keyId()).map(key -> HashChain.hashOf(row, key)).orElse(null);
    }

    /** Whether its key is at hand, or none is needed. */
    boolean canCheck(JournalRow row) {
        return row.keyId() == null || keys.find(row.keyId()).isPresent();
    }

    boolean fits(JournalRow row) {
        String hash = of(row);
        return hash != null && hash.equals(row.hash());
    }

    /** As which row it was written; 0 where that is not to be found. Looks nearby first, and not for ever. */
    long origin(JournalRow row) {
        if (!canCheck(row) || searches == 0) {
            return 0;
        }
        searches--;
        for (long distance = 1; distance <= FARTHEST; distance++) {
            if (fits(row.withSeq(row.seq() + distance))) {
                return row.seq() + distance;
            } else if (row.seq() > distance && fits(row.withSeq(row.seq() - distance))) {
                return row.seq() - distance;
            }
        }
        return 0;
    }

    /** The row's hash is right, and so is its place. */
    void right(JournalRow row) {
        if (row.keyId() != null && keys.find(row.keyId()).isPresent()) {
            keyedUpTo = row.seq();
        }
    }

    long keyedRows() {
        return keyedRows;
    }

    /** Whose key is not at hand. */
    long uncheckedRows() {
        return uncheckedRows;
    }

    /** The last row that is {@link #right} and whose hash is of a key that is at hand. */
    long keyedUpTo() {
        return keyedUpTo;
    }

    private void found(long at, String what) {
        findings.add(new Finding(node, at, Kind.KEY, what));
    }
}
