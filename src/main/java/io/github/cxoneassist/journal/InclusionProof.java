package io.github.cxoneassist.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proves to somebody without the log that the rows of one suggestion are in it: each row with its audit path, and the
 * checkpoint whose tree that leads to. What is hashed and signed stands in it as text, byte for byte.
 */
public final class InclusionProof {
    public static final String FORMAT = "cxone-assist-proof/1";

    private record Leaf(JournalRow row, long index) {}

    private final String suggestionId;
    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Map<String, Object>> uncovered = new ArrayList<>();

    private InclusionProof(String suggestionId) {
        this.suggestionId = suggestionId;
    }

    /**
     * Reads the whole log once, and holds the suggestion's rows only. The log is taken as it is: whether it is sound is
     * for the {@link AuditVerifier}.
     *
     * @param interactionId null for all interactions that have a suggestion of this id
     */
    public static InclusionProof of(AuditSource source, String suggestionId, String interactionId) {
        InclusionProof proof = new InclusionProof(suggestionId);
        for (String node : source.nodes()) {
            proof.addNode(source, node, interactionId);
        }
        return proof;
    }

    private void addNode(AuditSource source, String node, String interactionId) {
        Iterator<Checkpoint> checkpoints = source.checkpoints(node);
        Iterator<JournalRow> all = source.rows(node);
        Checkpoint checkpoint = next(checkpoints);
        MerkleTree tree = new MerkleTree();
        List<Leaf> leaves = new ArrayList<>();
        while (all.hasNext()) {
            JournalRow row = all.next();
            while (checkpoint != null && checkpoint.seq() < row.seq()) {
                addRows(leaves, tree, checkpoint);
                tree = new MerkleTree();
                leaves = new ArrayList<>();
                checkpoint = next(checkpoints);
            }
            boolean asked = suggestionId.equals(row.suggestionId())
                    && (interactionId == null || interactionId.equals(row.interactionId()));
            if (asked) {
                leaves.add(new Leaf(row, tree.size()));
                tree.addWatched(CanonicalRow.leaf(row));
            } else {
                tree.add(CanonicalRow.leaf(row));
            }
        }
        if (checkpoint != null) {
            addRows(leaves, tree, checkpoint);
        } else {
            leaves.forEach(leaf -> uncovered.add(
                    Map.of("node", leaf.row().node(), "seq", leaf.row().seq())));
        }
    }

    private void addRows(List<Leaf> leaves, MerkleTree tree, Checkpoint checkpoint) {
        for (Leaf leaf : leaves) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("row", CanonicalRow.leaf(leaf.row()));
            row.put("leafIndex", leaf.index());
            row.put("path", tree.path(leaf.index()));
            row.put("checkpoint", checkpoint.canonical());
            row.put("keyId", checkpoint.keyId());
            row.put("signature", checkpoint.signature());
            rows.add(row);
        }
    }

    private static Checkpoint next(Iterator<Checkpoint> checkpoints) {
        return checkpoints.hasNext() ? checkpoints.next() : null;
    }

    /** How many rows are proved. */
    public int rows() {
        return rows.size();
    }

    /** How many rows there are that no checkpoint covers yet: there is no proof of them. */
    public int uncovered() {
        return uncovered.size();
    }

    /** The document, in RFC 8785 form. */
    public String toJson() {
        Map<String, Object> document = new HashMap<>();
        document.put("format", FORMAT);
        document.put("suggestionId", suggestionId);
        document.put("rows", rows);
        document.put("uncovered", uncovered);
        return CanonicalJson.of(document);
    }
}
