package io.github.cxoneassist.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Checks a whole audit log: rows, checkpoints, texts, and what the anchor knows of them. Pure, streaming, holding a row or
 * two at a time (and the anchor's checkpoints). Each call is a verification of its own.
 *
 * <p>What it finds, and where, is in {@link Finding.Kind}. What is wrong in consequence of something that is reported
 * already is not reported again.
 */
public final class AuditVerifier {
    public static final int DEFAULT_MAX_FINDINGS = 100;

    /** The end of the name of a chain that an operator's commands write. */
    public static final String OPERATOR = ".operator";

    private final ChainKeys chainKeys;
    private final PublicKeys publicKeys;
    private final Anchors anchors;
    private final int maxFindings;

    /**
     * @param chainKeys without any, keyed hashes are not checked; links, trees and signatures are
     * @param publicKeys without any, signatures are not checked
     * @param anchors what was kept outside
     * @param maxFindings how many the report has at most
     */
    public AuditVerifier(ChainKeys chainKeys, PublicKeys publicKeys, Anchors anchors, int maxFindings) {
        this.chainKeys = chainKeys;
        this.publicKeys = publicKeys;
        this.anchors = anchors;
        this.maxFindings = maxFindings;
    }

    public AuditReport verify(AuditSource source) {
        return verify(source, rows -> {});
    }

    /** @param progress gets the number of rows so far, every thousand */
    public AuditReport verify(AuditSource source, LongConsumer progress) {
        Set<String> names = new TreeSet<>(Comparator.comparing((String name) -> !name.endsWith(OPERATOR))
                .thenComparing(Comparator.naturalOrder()));
        // the operators' chains first: they say what was archived of the others
        names.addAll(source.nodes());
        if (source.whole() || source.completeUntil().isPresent()) {
            names.addAll(anchors.nodes());
        }
        Findings findings = new Findings(maxFindings);
        anchors.contradictions().forEach(findings::add);
        Archived archived = new Archived();
        List<AuditReport.Node> nodes = new ArrayList<>();
        long[] rows = {0};
        for (String name : names) {
            NodeVerifier node =
                    new NodeVerifier(name, chainKeys, publicKeys, anchorsOf(name, source), archived, findings);
            nodes.add(node.verify(source, () -> {
                rows[0]++;
                if (rows[0] % 1_000 == 0) {
                    progress.accept(rows[0]);
                }
            }));
        }
        refuseForeignKeys(nodes, source.whole(), findings);
        source.unwalked().forEach(findings::add);
        source.holdsNotOnRecord().forEach(findings::add);
        progress.accept(rows[0]);
        return new AuditReport(findings.kept(), findings.total(), nodes, archived.all(), false);
    }

    private NavigableMap<Long, Checkpoint> anchorsOf(String node, AuditSource source) {
        Optional<AuditRange> range = source.range(node);
        Optional<String> until = source.completeUntil();
        if (range.isEmpty()) {
            return until.map(time -> anchors.until(node, time)).orElseGet(() -> anchors.of(node));
        }
        return until.map(time -> anchors.of(node, range.get(), time)).orElseGet(() -> anchors.of(node, range.get()));
    }

    /** The keys that rows are checked with. */
    ChainKeys chainKeys() {
        return chainKeys;
    }

    /**
     * Whoever gives keys knows that they were used: a chain that has been made anew without any must not pass, nor one that
     * somebody put beside the others. Each is judged by itself, so that no row of one stands for another.
     */
    private void refuseForeignKeys(List<AuditReport.Node> nodes, boolean whole, Findings findings) {
        for (AuditReport.Node node : nodes) {
            if (node.rows() == 0) {
                continue;
            }
            if (!chainKeys.isEmpty() && node.keyedRows() == node.uncheckedRows()) {
                findings.add(new Finding(
                        node.name(),
                        node.firstSeq(),
                        Finding.Kind.KEY,
                        "no row of the node has a hash of the keys given"));
            }
            // one that is new has none yet; its hashes vouch for it, if they can be checked
            boolean vouched = node.checkpoints() == 0 && node.keyedRows() > node.uncheckedRows();
            // a part may have no checkpoint: there it is the manifest that has to be signed
            if (whole
                    && !vouched
                    && !publicKeys.isEmpty()
                    && node.signedCheckpoints() + node.uncheckedSignatures() == 0) {
                findings.add(new Finding(
                        node.name(),
                        node.firstSeq(),
                        Finding.Kind.SIGNATURE,
                        "no checkpoint of the node is signed by one of the keys given"));
            }
        }
    }
}
