package io.github.cxoneassist.journal;

import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param findings node by node in the order in which they were met, so the first one names the first bad row; bounded
 * @param total how many there were, those beyond the bound too
 * @param nodes what was looked at
 * @param manifestUnchecked whether it is of an export whose manifest is signed by a key that is not known
 * @param archived what rows are not there because an operator archived them; whoever has the files can check them
 */
public record AuditReport(
        List<Finding> findings, long total, List<Node> nodes, List<Archive> archived, boolean manifestUnchecked) {
    /**
     * How much of a node's log was checked, and how far.
     *
     * @param firstSeq of the rows that are there; 0 where there is none
     * @param lastSeq the same
     * @param rows that are there
     * @param keyedRows whose hash is keyed
     * @param uncheckedRows whose hash is of a key that the verifier was not given: links and trees were checked
     * @param checkpoints that are there
     * @param signedCheckpoints whose signature is good
     * @param uncheckedSignatures of keys that the verifier does not know, and was not told to be all
     * @param anchoredSeq up to which row the anchor vouches; 0 for none
     * @param checkpointSeq up to which row checkpoints vouch; 0 for none. What was written since can be cut off unseen
     */
    public record Node(
            String name,
            long firstSeq,
            long lastSeq,
            long rows,
            long keyedRows,
            long uncheckedRows,
            long checkpoints,
            long signedCheckpoints,
            long uncheckedSignatures,
            long anchoredSeq,
            long checkpointSeq) {}

    /**
     * Rows that were archived and removed.
     *
     * @param file the name of the export; null where the row does not say it
     * @param sha256 of that file; null likewise
     */
    public record Archive(String node, long firstSeq, long seq, String file, String sha256) {}

    public AuditReport {
        findings = List.copyOf(findings);
        nodes = List.copyOf(nodes);
        archived = List.copyOf(archived);
    }

    /** How many signatures could not be checked, since their keys are not known. */
    public long uncheckedSignatures() {
        return nodes.stream().mapToLong(Node::uncheckedSignatures).sum() + (manifestUnchecked ? 1 : 0);
    }

    /** Whether nothing at all was found. */
    public boolean intact() {
        return total == 0;
    }

    public Optional<Finding> first() {
        return findings.stream().findFirst();
    }
}
