package io.github.cxoneassist.journal;

import java.util.Iterator;

/** Checks one node's chain, row by row, holding no more than one of them. Stateless. */
public final class ChainVerifier {
    private ChainVerifier() {}

    /** Checks a whole chain from its first row. */
    public static Verification verify(Iterator<JournalRow> rows) {
        return verify(rows, ChainHead.GENESIS);
    }

    /** Checks what follows a head that is trusted already, such as that of an earlier verification. */
    public static Verification verify(Iterator<JournalRow> rows, ChainHead trusted) {
        return verify(rows, trusted, ChainKeys.NONE);
    }

    /** @param keys for hashes that are keyed; those of other keys are taken as they are, and their links are checked */
    public static Verification verify(Iterator<JournalRow> rows, ChainHead trusted, ChainKeys keys) {
        ChainHead head = trusted;
        String node = null;
        try {
            while (rows.hasNext()) {
                JournalRow row = rows.next();
                String fault = fault(row, head, node, keys);
                if (fault != null) {
                    return new Verification.Broken(head.seq() + 1, fault);
                }
                head = ChainHead.of(row);
                node = row.node();
            }
        } catch (DamagedRowException e) {
            return new Verification.Broken(e.seq(), e.getMessage());
        }
        return new Verification.Intact(head.seq() - trusted.seq(), head);
    }

    private static String fault(JournalRow row, ChainHead head, String node, ChainKeys keys) {
        long expected = head.seq() + 1;
        if (row.seq() != expected) {
            return "row " + expected + " is missing: row " + row.seq() + " stands in its place";
        } else if (node != null && !node.equals(row.node())) {
            return "row " + expected + " belongs to node " + row.node() + ", the rows before it to " + node;
        } else if (!head.hash().equals(row.prevHash())) {
            return "row " + expected + " does not follow the row before it: its prev_hash is another";
        } else if (!hashFits(row, keys)) {
            return "row " + expected + " was changed: its hash is not that of its fields";
        }
        return null;
    }

    private static boolean hashFits(JournalRow row, ChainKeys keys) {
        return row.keyId() == null
                ? HashChain.hashOf(row, null).equals(row.hash())
                : keys.find(row.keyId())
                        .map(key -> HashChain.hashOf(row, key).equals(row.hash()))
                        .orElse(true);
    }
}
