package io.github.cxoneassist.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checkpoints that were kept outside of the database, as lines of JSON, with or without
 * what a log writes around them. A line may be there twice, since the anchor
 * gets each at least once; and one that a crash tore has the next one behind it, or nothing.
 */
public final class Anchors {
    public static final Anchors NONE = new Anchors();

    private static final int SHOWN = 10;

    private final Map<String, NavigableMap<Long, Checkpoint>> byNode = new HashMap<>();
    private final List<Finding> contradictions = new ArrayList<>();
    private final List<Long> unreadableLines = new ArrayList<>();
    private long lines;
    private long unreadable;

    private Anchors() {}

    /** Reads all lines; what they hold is kept, some hundred bytes a checkpoint. */
    public static Anchors read(Iterator<String> lines) {
        Anchors anchors = new Anchors();
        while (lines.hasNext()) {
            anchors.add(lines.next());
        }
        return anchors;
    }

    private void add(String line) {
        lines++;
        if (line.isBlank()) {
            return;
        }
        // a checkpoint has no object in it, so whatever a log writes around it, it goes from a brace to the next one
        boolean whole = false;
        boolean torn = false;
        for (int from = line.indexOf('{'); from >= 0; from = line.indexOf('{', from + 1)) {
            int to = line.indexOf('}', from);
            Optional<Checkpoint> checkpoint =
                    to < 0 ? Optional.empty() : Checkpoint.parse(line.substring(from, to + 1));
            checkpoint.ifPresent(this::add);
            whole |= checkpoint.isPresent();
            torn |= checkpoint.isEmpty();
        }
        if (torn || !whole) {
            // one that was torn, and the next one right behind it, or nothing
            unreadable++;
            if (unreadableLines.size() < SHOWN) {
                unreadableLines.add(lines);
            }
        }
    }

    private void add(Checkpoint checkpoint) {
        Checkpoint known = byNode.computeIfAbsent(checkpoint.node(), node -> new TreeMap<>())
                .putIfAbsent(checkpoint.seq(), checkpoint);
        if (known != null && !known.hash().equals(checkpoint.hash())) {
            contradictions.add(new Finding(
                    checkpoint.node(),
                    Math.min(known.firstSeq(), checkpoint.firstSeq()),
                    Finding.Kind.FORKED,
                    "the anchor holds two different checkpoints for the rows up to " + checkpoint.seq()));
        }
    }

    Set<String> nodes() {
        return byNode.keySet();
    }

    NavigableMap<Long, Checkpoint> of(String node) {
        return byNode.getOrDefault(node, new TreeMap<>());
    }

    /** Those whose last row is in the range, or right before it. */
    NavigableMap<Long, Checkpoint> of(String node, AuditRange range) {
        return new TreeMap<>(of(node).subMap(range.first() - 1, true, range.last(), true));
    }

    /** Those too that are behind the range, and were made up to this time. */
    NavigableMap<Long, Checkpoint> of(String node, AuditRange range, String until) {
        NavigableMap<Long, Checkpoint> all = of(node, range);
        until(node, until).tailMap(range.last(), false).forEach(all::put);
        return all;
    }

    /** Those that were made up to this time, as in a row. */
    NavigableMap<Long, Checkpoint> until(String node, String until) {
        NavigableMap<Long, Checkpoint> all = new TreeMap<>(of(node));
        all.values().removeIf(checkpoint -> checkpoint.at().compareTo(until) > 0);
        return all;
    }

    List<Finding> contradictions() {
        return contradictions;
    }

    /** How many lines were no checkpoint, or not only one: torn by a crash, or spoiled by somebody. */
    public long unreadable() {
        return unreadable;
    }

    /** The numbers of the first of them, counted from 1. */
    public List<Long> unreadableLines() {
        return List.copyOf(unreadableLines);
    }

    /** Whether it holds no checkpoint at all. */
    public boolean isEmpty() {
        return byNode.isEmpty();
    }
}
