package io.github.cxoneassist.cli;

import io.github.cxoneassist.journal.Anchors;
import io.github.cxoneassist.journal.AuditReport;
import io.github.cxoneassist.journal.Finding;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** What a verification found, in words for an auditor: what was checked, the first bad row, and what could not be checked. */
final class AuditReportText {

    private final PrintWriter out;

    AuditReportText(PrintWriter out) {
        this.out = out;
    }

    /**
     * @param signatures whether public keys were at hand
     * @param whole whether it is all of the log, and not an export
     */
    void print(AuditReport report, Anchors anchors, boolean signatures, boolean whole) {
        report.nodes().forEach(this::print);
        report.archived().forEach(this::print);
        notChecked(report, anchors, signatures, whole);
        if (anchors.unreadable() > 0) {
            out.println("Of the anchor's lines, " + anchors.unreadable() + " cannot be read as a checkpoint: "
                    + (anchors.unreadable() == 1 ? "line " : "lines ")
                    + anchors.unreadableLines().stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + (anchors.unreadable() > anchors.unreadableLines().size() ? ", …" : "")
                    + ". A crash tears the last one of its time; look at any other.");
        }
        out.println();
        if (report.intact()) {
            out.println((whole ? "The audit log" : "The export") + " is as it was written.");
        } else {
            bad(report, whole);
        }
        out.flush();
    }

    private void print(AuditReport.Node node) {
        String rows =
                node.rows() == 0 ? "no rows" : rows(node.rows()) + ", " + node.firstSeq() + " to " + node.lastSeq();
        String keyed = node.keyedRows() == 0
                ? ""
                : ", " + node.keyedRows() + (node.keyedRows() == 1 ? " with a keyed hash" : " with keyed hashes");
        String checkpoints = node.checkpoints() == 0
                ? "; no checkpoints"
                : "; " + node.checkpoints() + (node.checkpoints() == 1 ? " checkpoint" : " checkpoints") + " up to row "
                        + node.checkpointSeq() + ", " + node.signedCheckpoints() + " with a good signature";
        String anchored = node.anchoredSeq() == 0 ? "" : "; anchored up to row " + node.anchoredSeq();
        out.println(node.name() + ": " + rows + keyed + checkpoints + anchored);
    }

    private void print(AuditReport.Archive archive) {
        out.println("Archived of " + archive.node() + ": rows " + archive.firstSeq() + " to " + archive.seq() + ", in "
                + archive.file() + " with the SHA-256 " + archive.sha256());
    }

    private void notChecked(AuditReport report, Anchors anchors, boolean signatures, boolean whole) {
        long unchecked = report.nodes().stream()
                .mapToLong(AuditReport.Node::uncheckedRows)
                .sum();
        if (unchecked > 0) {
            out.println("Not checked: " + unchecked + (unchecked == 1 ? " keyed hash" : " keyed hashes")
                    + ", for want of --chain-key-file. Links and trees were.");
        }
        long open = report.uncheckedSignatures();
        if (open > 0) {
            out.println("Not checked: " + open
                    + (open == 1 ? " signature of a key that is" : " signatures of keys that are")
                    + " not known. Name all public keys by --public-key or cxone.audit.public-keys-file.");
        }
        if (!signatures) {
            out.println("Not checked: signatures, for want of --public-key.");
        }
        if (anchors.isEmpty()) {
            out.println("Not checked: against checkpoints kept outside, for want of --anchors.");
        }
        for (AuditReport.Node node : report.nodes()) {
            if (whole && node.rows() > 0) {
                unseen(node, !anchors.isEmpty());
            }
        }
    }

    /** What an anchor does not have yet, no checkpoint in the database keeps from being cut off: it can be cut off as well. */
    private void unseen(AuditReport.Node node, boolean anchored) {
        long known = anchored ? node.anchoredSeq() : node.checkpointSeq();
        long since = node.lastSeq() - Math.max(known, node.firstSeq() - 1);
        if (since > 0) {
            out.println("Of " + node.name() + ", the last " + rows(since) + (since == 1 ? " is " : " are ")
                    + (anchored ? "behind the last anchored checkpoint" : "covered by no checkpoint yet")
                    + ": they could be cut off unseen.");
        }
    }

    private static String rows(long number) {
        return number + (number == 1 ? " row" : " rows");
    }

    private void bad(AuditReport report, boolean whole) {
        Finding first = report.first().orElseThrow();
        String row = first.seq() == 0
                ? "none, what is wrong is not a row"
                : first.upTo() == first.seq()
                        ? "row " + first.seq() + " of node " + first.node()
                        : "one of the rows " + first.seq() + " to " + first.upTo() + " of node " + first.node()
                                + "; --chain-key-file is missing to tell which";
        out.println((whole ? "The audit log" : "The export") + " is NOT as it was written. First bad row: " + row);
        report.findings().forEach(finding -> out.println("  " + finding));
        long more = report.total() - report.findings().size();
        if (more > 0) {
            out.println("  and " + more + " more");
        }
    }
}
