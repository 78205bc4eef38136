package io.github.cxoneassist.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/**
 * Takes the oldest rows of a node out of the database: exported up to a checkpoint, the export verified, and only then
 * removed, in one transaction with the row that says so. The checkpoints stay, so the rest still verifies.
 */
public final class AuditArchive {

    /**
     * What was removed.
     *
     * @param texts of suggestions, which are in no export
     * @param deadLetters of webhooks, which stay, but cannot be replayed without their rows
     */
    public record Result(ExportManifest manifest, long rows, long texts, long deadLetters) {}

    private final DataSource database;
    private final JdbcAuditSource source;
    private final OperatorChain chain;
    private final String node;
    private final Clock clock;

    public AuditArchive(DataSource database, OperatorChain chain, String node, Clock clock) {
        this.database = database;
        this.source = new JdbcAuditSource(database);
        this.chain = chain;
        this.node = node;
        this.clock = clock;
    }

    /**
     * Archives as many whole checkpoints as were written before a time.
     *
     * @param withTexts whether texts of these rows may go with them; else it is refused where there are any
     * @param export writes the file
     * @param verifier checks it
     * @throws AuditRefusedException where there is nothing to archive, or somebody still needs one of the rows
     */
    public Result archive(
            Instant before,
            Path file,
            ExportFormat format,
            boolean withTexts,
            AuditExport export,
            ExportVerifier verifier,
            LongConsumer progress) {
        long first = source.firstSeq(node);
        Checkpoint last = lastBefore(JournalRow.atText(before), first);
        try (Connection connection = database.getConnection()) {
            refuseNeeded(connection, last.seq(), withTexts);
        } catch (SQLException e) {
            throw new JournalException("the audit log could not be read: " + e.getMessage(), e);
        }
        ExportManifest manifest =
                export.archive(new AuditExport.Span(node, first, last.seq()), before, file, format, progress);
        AuditReport report = verifier.verify(file, rows -> {});
        if (!report.intact()) {
            throw new JournalException("nothing was removed: the export is not as it was written, see " + file + ": "
                    + report.first().orElseThrow());
        }
        return remove(last, manifest, withTexts);
    }

    private Result remove(Checkpoint last, ExportManifest manifest, boolean withTexts) {
        long[] texts = {0};
        long[] deadLetters = {0};
        long rows = manifest.rows();
        chain.record(connection -> {
            Map<String, Object> details = new HashMap<>();
            Dialect.of(connection).unguarded(connection, () -> {
                // asked again: nobody writes from here on
                refuseNeeded(connection, last.seq(), withTexts);
                deadLetters[0] = deadLetters(connection, last.seq());
                details.put("logId", firstHash(connection));
                texts[0] = delete(connection, "suggestion_text", last.seq());
                long removed = delete(connection, "audit_event", last.seq());
                if (removed != rows) {
                    throw new JournalException("nothing was removed: " + Count.of(removed, "row")
                            + " would have been, and " + rows + (rows == 1 ? " was exported" : " were exported"));
                }
            });
            details.put("node", node);
            details.put("firstSeq", manifest.parts().get(0).range().first());
            details.put("seq", last.seq());
            details.put("rows", rows);
            details.put("texts", texts[0]);
            details.put("file", manifest.file());
            details.put("sha256", manifest.sha256());
            return Optional.of(JournalEntry.of(JournalEvent.ARCHIVED).withDetails(details));
        });
        new SuggestionTexts(database).forget();
        return new Result(manifest, rows, texts[0], deadLetters[0]);
    }

    /** The last checkpoint of rows before a time; never that of the last row, which the next one has to follow. */
    private Checkpoint lastBefore(String before, long first) {
        long limit = Math.min(source.firstFrom(node, before) - 1, source.lastSeq(node) - 1);
        Checkpoint last = null;
        var checkpoints = source.checkpoints(node, first, limit);
        while (checkpoints.hasNext()) {
            last = checkpoints.next();
        }
        if (first == 0 || last == null) {
            throw new AuditRefusedException("there is nothing to archive: no checkpoint of node " + node
                    + " covers only rows from before " + before + ", and leaves a later one");
        }
        return last;
    }

    private void refuseNeeded(Connection connection, long upTo, boolean withTexts) throws SQLException {
        List<LegalHolds.Hold> holds = LegalHolds.query(
                connection,
                "SELECT h.interaction_id, h.since, h.reason FROM legal_hold h WHERE h.interaction_id = '*'"
                        + " OR EXISTS (SELECT 1 FROM audit_event e WHERE e.interaction_id = h.interaction_id"
                        + " AND e.node = ? AND e.seq <= ?) ORDER BY h.interaction_id LIMIT 1",
                node,
                upTo);
        if (!holds.isEmpty()) {
            throw refused(holds.get(0).what() + " is under a legal hold since "
                    + holds.get(0).since() + " (" + holds.get(0).reason() + ")");
        }
        // what ran out while the application was down is still to be recorded as expired
        Instant now = clock.instant();
        Instant lastRow = new JdbcJournalReader(database).head(node).at();
        String open = SuggestionTexts.openFrom(lastRow.isBefore(now) ? lastRow : now);
        first(
                        connection,
                        "SELECT window_end || ' ' || COALESCE(interaction_id, '-') FROM audit_event"
                                + " WHERE node = ? AND window_end >= ? AND seq <= ? ORDER BY window_end DESC LIMIT 1",
                        node,
                        open,
                        upTo)
                .ifPresent(found -> {
                    String end = found.substring(0, found.indexOf(' '));
                    String whose = "the context window of a suggestion of interaction "
                            + found.substring(found.indexOf(' ') + 1);
                    throw refused(
                            end.compareTo(SuggestionTexts.openFrom(now)) >= 0
                                    ? whose + " is open until " + end
                                    : whose + " ended at " + end + ", and the newest row of node " + node + " is of "
                                            + JournalRow.atText(lastRow)
                                            + ": it has to be a minute later than the end of"
                                            + " each window in these rows, for the ends to be on record. Start the"
                                            + " application, which catches up");
                });
        first(
                        connection,
                        // which events a subscriber wants is not known here: its cursor passes those that it does not
                        "SELECT subscriber FROM webhook_cursor WHERE node = ? AND seq < ?"
                                + " UNION SELECT subscriber FROM webhook_retry WHERE node = ? AND seq <= ? LIMIT 1",
                        node,
                        upTo,
                        node,
                        upTo)
                .ifPresent(subscriber -> {
                    throw refused("the webhook subscriber " + subscriber + " has not been told of all of these rows");
                });
        Optional<String> texts =
                first(connection, "SELECT COUNT(*) FROM suggestion_text WHERE node = ? AND seq <= ?", node, upTo);
        if (!withTexts && !texts.equals(Optional.of("0"))) {
            boolean one = texts.equals(Optional.of("1"));
            throw refused(texts.orElseThrow()
                    + (one ? " text of a suggestion belongs" : " texts of suggestions belong")
                    + " to these rows, and an archive has none: wait until "
                    + (one ? "it has" : "they have") + " run out (cxone.audit.text-days), or say --erase-texts");
        }
    }

    private AuditRefusedException refused(String why) {
        return new AuditRefusedException("nothing was archived: " + why);
    }

    /** The hash of the first row that the node ever wrote, which tells its log from every other. */
    private String firstHash(Connection connection) throws SQLException {
        Optional<String> first = first(connection, "SELECT hash FROM audit_event WHERE node = ? AND seq = 1", node);
        return first.isPresent()
                ? first.get()
                : Archived.logId(new JdbcJournalReader(database), node).orElse(null);
    }

    /** One that was without its row before is not counted again. */
    private long deadLetters(Connection connection, long upTo) throws SQLException {
        return first(
                        connection,
                        "SELECT COUNT(*) FROM webhook_dead d WHERE node = ? AND seq <= ? AND EXISTS (SELECT 1 FROM"
                                + " audit_event e WHERE e.node = d.node AND e.seq = d.seq)",
                        node,
                        upTo)
                .map(Long::parseLong)
                .orElseThrow();
    }

    private long delete(Connection connection, String table, long upTo) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + table + " WHERE node = ? AND seq <= ?")) {
            statement.setString(1, node);
            statement.setLong(2, upTo);
            return statement.executeLargeUpdate();
        }
    }

    private static Optional<String> first(Connection connection, String sql, Object... parameters) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
        }
        return found.stream().findFirst();
    }
}
