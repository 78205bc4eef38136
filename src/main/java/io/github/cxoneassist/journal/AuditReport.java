package io.github.cxoneassist.journal;

import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param findings node by node in the order in which they were met, so the first one names the first bad row; bounded
 * @param total how many there were, those beyond the bound too
 * @param nodes what was looked at
 */
public record AuditReport(List<Finding> findings, long total, List<Node> nodes) {
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
            long anchoredSeq,
            long checkpointSeq) {}

    public AuditReport {
        findings = List.copyOf(findings);
        nodes = List.copyOf(nodes);
    }

    /** Whether nothing at all was found. */
    public boolean intact() {
        return total == 0;
    }

    public Optional<Finding> first() {
        return findings.stream().findFirst();
    }
}
