package io.github.cxoneassist.journal;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What has to be as it was written before rows are exported: the rows themselves, and around them what vouches for them.
 * Texts are in no export, so none are looked at.
 */
final class PartOfLog implements AuditSource {
    private final JdbcAuditSource log;
    private final boolean fromTheStart;
    private final boolean whole;
    private final Map<String, AuditRange> ranges = new TreeMap<>();

    private PartOfLog(JdbcAuditSource log, boolean fromTheStart, boolean whole) {
        this.log = log;
        this.fromTheStart = fromTheStart;
        this.whole = whole;
    }

    static PartOfLog whole(JdbcAuditSource log) {
        return new PartOfLog(log, true, true);
    }

    /**
     * From the checkpoint before the rows to the one behind them, and to a keyed row where there are keys: only that binds
     * rows from before there were any.
     *
     * @param fromTheStart whether the rows are all there are up to their last ones: then what is missing before them has to
     *     have been archived, which the operators' chains tell
     */
    static PartOfLog around(List<AuditExport.Span> spans, boolean fromTheStart, boolean keys, JdbcAuditSource log) {
        PartOfLog part = new PartOfLog(log, fromTheStart, false);
        for (AuditExport.Span span : spans) {
            String node = span.node();
            long end = log.lastSeq(node);
            long last = Math.max(
                    log.firstCheckpointFrom(node, span.last()).orElse(end),
                    keys ? log.firstKeyedFrom(node, span.last()).orElse(end) : 0);
            long first = fromTheStart ? span.first() : log.lastCheckpointUpTo(node, span.first() - 1) + 1;
            part.add(node, Math.max(first, log.firstSeq(node)), Math.min(last, end));
            if (fromTheStart && !node.endsWith(AuditVerifier.OPERATOR)) {
                String operators = OperatorChain.nodeOf(node);
                part.add(operators, log.firstSeq(operators), log.lastSeq(operators));
            }
        }
        return part;
    }

    private void add(String node, long first, long last) {
        AuditRange known = ranges.get(node);
        if (last > 0 && (known == null || known.last() < last)) {
            ranges.put(node, new AuditRange(first, before(node, first), last, hashOf(node, last)));
        }
    }

    /** What the first row has to follow: what a checkpoint says counts more than what the row says. */
    private String before(String node, long first) {
        if (first == 1) {
            return ChainHead.GENESIS.hash();
        }
        Iterator<Checkpoint> checkpoint = log.checkpoints(node, first - 1, first - 1);
        return checkpoint.hasNext()
                ? checkpoint.next().headHash()
                : log.row(node, first).map(JournalRow::prevHash).orElse("");
    }

    private String hashOf(String node, long seq) {
        return log.row(node, seq).map(JournalRow::hash).orElse("");
    }

    @Override
    public Set<String> nodes() {
        return whole ? log.nodes() : ranges.keySet();
    }

    @Override
    public Iterator<JournalRow> rows(String node) {
        return range(node)
                .map(range -> log.rows(node, range.first(), range.last()))
                .orElseGet(() -> log.rows(node));
    }

    @Override
    public Iterator<Checkpoint> checkpoints(String node) {
        return range(node)
                .map(range -> log.checkpoints(node, range.first() - 1, range.last()))
                .orElseGet(() -> log.checkpoints(node));
    }

    @Override
    public Iterator<SuggestionText> texts(String node) {
        return Collections.emptyIterator();
    }

    @Override
    public List<Finding> unwalked() {
        return log.unwalked();
    }

    @Override
    public Optional<AuditRange> range(String node) {
        return Optional.ofNullable(ranges.get(node));
    }

    @Override
    public boolean whole() {
        return whole;
    }

    @Override
    public boolean fromTheStart() {
        return fromTheStart;
    }
}
