package io.github.cxoneassist.journal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An audit log in lists that a test can do anything to. */
final class AuditLog implements AuditSource {
    static final ChainKey KEY = new ChainKey("a chain key of a test: thirty-two".getBytes());

    final List<JournalRow> rows = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    final List<SuggestionText> texts = new ArrayList<>();

    /** So many rows of a node, a checkpoint for every {@code perCheckpoint}, the last ones without. */
    static AuditLog of(String node, int rows, int perCheckpoint, ChainKey key, SigningKey signingKey) {
        AuditLog log = new AuditLog();
        log.append(node, rows, key);
        log.checkpoint(node, perCheckpoint, signingKey);
        return log;
    }

    void append(String node, int number, ChainKey key) {
        List<JournalEntry> entries = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            entries.add(entry(rows.size() + i + 1));
        }
        append(node, key, entries.toArray(JournalEntry[]::new));
    }

    void append(String node, ChainKey key, JournalEntry... entries) {
        for (JournalEntry entry : entries) {
            List<JournalRow> before = rowsOf(node);
            ChainHead head = before.isEmpty() ? ChainHead.GENESIS : ChainHead.of(before.get(before.size() - 1));
            JournalRow row = HashChain.next(head, node, Chains.START.plusMillis(head.seq()), entry, key);
            rows.add(row);
            if (entry.text() != null) {
                texts.add(new SuggestionText(node, row.seq(), row.interactionId(), entry.text()));
            }
        }
    }

    private static JournalEntry entry(int number) {
        String id = "s-" + (number + 1) / 2;
        String interaction = "interaction-" + number % 3;
        return number % 2 == 1
                ? JournalEntry.of(JournalEvent.INJECTED, interaction, id)
                        .withDetail("relevanceScore", 0.85)
                        .withText("Text of " + id)
                : JournalEntry.of(JournalEvent.ACCEPTED, interaction, id);
    }

    /** Whole ones only, from where the last one ends. */
    void checkpoint(String node, int perCheckpoint, SigningKey key) {
        List<JournalRow> of = rowsOf(node);
        Checkpoint last = checkpoints.stream()
                .filter(checkpoint -> checkpoint.node().equals(node))
                .reduce((a, b) -> b)
                .orElse(null);
        int from = last == null ? 0 : (int) last.seq();
        for (; from + perCheckpoint <= of.size(); from += perCheckpoint) {
            MerkleTree tree = new MerkleTree();
            of.subList(from, from + perCheckpoint).forEach(row -> tree.add(CanonicalRow.leaf(row)));
            JournalRow head = of.get(from + perCheckpoint - 1);
            last = Checkpoint.of(
                    node,
                    from + 1,
                    head.seq(),
                    tree.root(),
                    head.hash(),
                    head.atText(),
                    last == null ? Checkpoint.NONE : last.hash(),
                    key);
            checkpoints.add(last);
        }
    }

    /** The anchor as it is if it has all checkpoints of now. */
    Anchors anchors() {
        return Anchors.read(checkpoints.stream().map(Checkpoint::toJson).iterator());
    }

    AuditLog copy() {
        AuditLog copy = new AuditLog();
        copy.rows.addAll(rows);
        copy.checkpoints.addAll(checkpoints);
        copy.texts.addAll(texts);
        return copy;
    }

    private List<JournalRow> rowsOf(String node) {
        return rows.stream().filter(row -> row.node().equals(node)).toList();
    }

    @Override
    public Set<String> nodes() {
        return Stream.of(
                        rows.stream().map(JournalRow::node),
                        checkpoints.stream().map(Checkpoint::node),
                        texts.stream().map(SuggestionText::node))
                .flatMap(names -> names)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Iterator<JournalRow> rows(String node) {
        return rowsOf(node).iterator();
    }

    @Override
    public Iterator<Checkpoint> checkpoints(String node) {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.node().equals(node))
                .iterator();
    }

    @Override
    public Iterator<SuggestionText> texts(String node) {
        return texts.stream().filter(text -> text.node().equals(node)).iterator();
    }
}
