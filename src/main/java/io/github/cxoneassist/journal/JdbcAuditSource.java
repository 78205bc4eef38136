package io.github.cxoneassist.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;

/**
 * The audit log in a database. Reads what somebody may have tampered with, so it asks for no order that a key keeps.
 *
 * <p>The application may go on writing: checkpoints and texts end where they ended when they were asked for, so whoever asks
 * for the rows after them finds the row of each.
 */
public final class JdbcAuditSource implements AuditSource {
    private static final int PAGE = 1_000;

    /**
     * All rows of so many numbers, and not so many rows: where the key of the table is gone, or is another, there may be several
     * of one number, alike in whatever a page could end by, and none may be lost between two pages.
     */
    private static final String PAGES = "SELECT %1$s FROM %2$s WHERE node = ? AND seq >= ? AND seq <="
            + " (SELECT MAX(seq) FROM (SELECT seq FROM %2$s WHERE node = ? AND seq >= ? AND seq <= ? ORDER BY seq LIMIT "
            + PAGE + ") page) ORDER BY seq, %3$s";

    private static final String ROWS = PAGES.formatted(RowColumns.LIST, "audit_event", "hash");

    private static final String CHECKPOINTS = PAGES.formatted(
            "node, first_seq, seq, merkle_root, head_hash, at, prev_checkpoint, hash, key_id, signature",
            "audit_checkpoint",
            "hash");

    private static final String TEXTS =
            PAGES.formatted("node, seq, interaction_id, content", "suggestion_text", "content");

    private static final String SEQ_AND_AT =
            "SELECT seq, at FROM audit_event WHERE node = ? AND seq >= ? ORDER BY seq LIMIT 1";

    private interface Read<T> {
        T from(ResultSet row) throws SQLException;
    }

    /** A row as far as it can be read: what it is, or why not. */
    private record Found(long seq, JournalRow row, DamagedRowException damage) {}

    private final DataSource database;

    public JdbcAuditSource(DataSource database) {
        this.database = database;
    }

    @Override
    public Set<String> nodes() {
        Set<String> nodes = new TreeSet<>();
        for (String table : List.of("audit_event", "audit_checkpoint", "suggestion_text")) {
            // one look into the primary key for each node; DISTINCT would read all of it
            String node = first(query("SELECT MIN(node) FROM " + table, row -> row.getString(1)));
            String last = null;
            // one that is no text comes again and again, and is found by its type
            while (node != null && !node.equals(last)) {
                nodes.add(node);
                last = node;
                node = first(
                        query("SELECT MIN(node) FROM " + table + " WHERE node > ?", row -> row.getString(1), node));
            }
        }
        return nodes;
    }

    @Override
    public Iterator<JournalRow> rows(String node) {
        return rows(node, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Only those with a number from {@code from} to {@code to}. */
    Iterator<JournalRow> rows(String node, long from, long to) {
        Iterator<Found> found = pages(ROWS, JdbcAuditSource::found, Found::seq, node, from, to);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public JournalRow next() {
                Found next = found.next();
                if (next.damage() != null) {
                    throw next.damage();
                }
                return next.row();
            }
        };
    }

    @Override
    public Iterator<Checkpoint> checkpoints(String node) {
        return checkpoints(node, Long.MIN_VALUE, last("audit_checkpoint", node));
    }

    /** Only those whose last row has a number from {@code from} to {@code to}. */
    Iterator<Checkpoint> checkpoints(String node, long from, long to) {
        return pages(CHECKPOINTS, JdbcAuditSource::checkpoint, Checkpoint::seq, node, from, to);
    }

    @Override
    public Iterator<SuggestionText> texts(String node) {
        long end = last("suggestion_text", node);
        return pages(TEXTS, JdbcAuditSource::text, SuggestionText::seq, node, Long.MIN_VALUE, end);
    }

    private <T> Iterator<T> pages(String sql, Read<T> read, ToLongFunction<T> seq, String node, long from, long to) {
        return new Pages<>(last -> {
            if (last != null && seq.applyAsLong(last) >= to) {
                return List.of();
            }
            long next = last == null ? from : seq.applyAsLong(last) + 1;
            return query(sql, read, node, next, node, next, to);
        });
    }

    @Override
    public List<Finding> unwalked() {
        try (Connection connection = database.getConnection()) {
            Dialect dialect = Dialect.of(connection);
            List<Finding> found = new ArrayList<>();
            for (String table : List.of("audit_event", "audit_checkpoint", "suggestion_text")) {
                long rows = query(
                                "SELECT COUNT(*) FROM " + table + " WHERE " + dialect.notAsWritten(table),
                                row -> row.getLong(1))
                        .get(0);
                if (rows > 0) {
                    found.add(new Finding(
                            "-",
                            0,
                            Finding.Kind.INSERTED,
                            "of the rows of " + table + ", " + rows
                                    + (rows == 1 ? " has" : " have") + " a node, a number or another value of a type"
                                    + " that nobody writes: who looks for them does not find them"));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new JournalException("the audit log could not be read: " + e.getMessage(), e);
        }
    }

    /** All in one statement, which sees the table and the rows of one moment: an operator may be at work. */
    @Override
    public List<Finding> holdsNotOnRecord() {
        List<String> operators = nodes().stream()
                .filter(node -> node.endsWith(AuditVerifier.OPERATOR))
                .toList();
        String rows = operators.isEmpty()
                ? ""
                : " UNION ALL SELECT at, node, seq, event, interaction_id, details FROM audit_event WHERE node IN ("
                        + String.join(", ", Collections.nCopies(operators.size(), "?"))
                        + ") AND event IN ('legal_hold_set', 'legal_hold_released')";
        HoldsOnRecord record = new HoldsOnRecord();
        Set<String> held = new TreeSet<>();
        query(
                "SELECT at, node, seq, event, interaction_id, details FROM (SELECT '' AS at, '' AS node, 0 AS seq,"
                        + " '' AS event, interaction_id, '' AS details FROM legal_hold" + rows
                        + ") x ORDER BY at, node, seq",
                row -> {
                    String event = row.getString("event");
                    if (event.isEmpty()) {
                        held.add(row.getString("interaction_id"));
                    } else {
                        record.heard(
                                row.getString("node"),
                                row.getLong("seq"),
                                event,
                                row.getString("interaction_id"),
                                row.getString("details"));
                    }
                    return event;
                },
                operators.toArray());
        return record.findings(held);
    }

    /** How many rows there are, as far as their numbers tell: to show how far somebody is who reads them. */
    public long size() {
        long size = 0;
        for (String node : nodes()) {
            long last = lastSeq(node);
            size += last == 0 ? 0 : Math.max(0, last - firstSeq(node) + 1);
        }
        return size;
    }

    /** The number of the node's last row; 0 where it has none. */
    long lastSeq(String node) {
        return last("audit_event", node);
    }

    /** The number of the node's first row; 0 where it has none. */
    long firstSeq(String node) {
        return query("SELECT MIN(seq) FROM audit_event WHERE node = ?", row -> row.getLong(1), node)
                .get(0);
    }

    /**
     * The number of the first row that was written at this time or later; one more than the last where there is none. Time
     * goes on from row to row, so a few looks are enough however long the log is.
     *
     * @param at as in a row
     */
    long firstFrom(String node, String at) {
        long low = firstSeq(node);
        long high = lastSeq(node) + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            List<Object[]> found =
                    query(SEQ_AND_AT, row -> new Object[] {row.getLong(1), row.getString(2)}, node, middle);
            if (found.isEmpty() || ((String) found.get(0)[1]).compareTo(at) >= 0) {
                high = middle;
            } else {
                low = (long) found.get(0)[0] + 1;
            }
        }
        return low;
    }

    /** The row; empty where there is none, or none that can be read. */
    Optional<JournalRow> row(String node, long seq) {
        Iterator<JournalRow> rows = rows(node, seq, seq);
        try {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        } catch (DamagedRowException e) {
            return Optional.empty();
        }
    }

    /** The last row of the last checkpoint that ends here or before; 0 where there is none. */
    long lastCheckpointUpTo(String node, long seq) {
        return query(
                        "SELECT MAX(seq) FROM audit_checkpoint WHERE node = ? AND seq <= ?",
                        row -> row.getLong(1),
                        node,
                        seq)
                .get(0);
    }

    /** The last row of the first checkpoint that ends here or later. */
    Optional<Long> firstCheckpointFrom(String node, long seq) {
        return query(
                        "SELECT seq FROM audit_checkpoint WHERE node = ? AND seq >= ? ORDER BY seq LIMIT 1",
                        row -> row.getLong(1),
                        node,
                        seq)
                .stream()
                .findFirst();
    }

    /** The first row from this one on that has a keyed hash. */
    Optional<Long> firstKeyedFrom(String node, long seq) {
        return query(
                        "SELECT seq FROM audit_event WHERE node = ? AND seq >= ? AND key_id IS NOT NULL ORDER BY seq LIMIT 1",
                        row -> row.getLong(1),
                        node,
                        seq)
                .stream()
                .findFirst();
    }

    private long last(String table, String node) {
        return query("SELECT MAX(seq) FROM " + table + " WHERE node = ?", row -> row.getLong(1), node)
                .get(0);
    }

    private static Found found(ResultSet row) throws SQLException {
        long seq = row.getLong("seq");
        try {
            return new Found(seq, RowColumns.read(row), null);
        } catch (DateTimeException e) {
            return new Found(seq, null, new DamagedRowException(row.getString("node"), seq, e));
        }
    }

    static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getString("node"),
                row.getLong("first_seq"),
                row.getLong("seq"),
                row.getString("merkle_root"),
                row.getString("head_hash"),
                row.getString("at"),
                row.getString("prev_checkpoint"),
                row.getString("hash"),
                row.getString("key_id"),
                row.getString("signature"));
    }

    private static SuggestionText text(ResultSet row) throws SQLException {
        return new SuggestionText(
                row.getString("node"), row.getLong("seq"), row.getString("interaction_id"), row.getString("content"));
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }

    private <T> List<T> query(String sql, Read<T> read, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (result.next()) {
                    found.add(read.from(result));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new JournalException("the audit log could not be read: " + e.getMessage(), e);
        }
    }
}
