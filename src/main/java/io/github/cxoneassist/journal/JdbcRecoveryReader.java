package io.github.cxoneassist.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Reads any database that the migrations support; one statement has two texts, or planners would read the whole log. */
public final class JdbcRecoveryReader implements RecoveryReader {
    /**
     * From each interaction's first open row on, all that changes a suggestion. CROSS JOIN is a plain join that keeps
     * SQLite from starting at the other end: without statistics it would walk the whole log. Sorted within an
     * interaction only, so that rows come at once and nothing large is sorted.
     */
    static final String OPEN = open("CROSS JOIN audit_event e"
            + " LEFT JOIN suggestion_text t ON t.node = e.node AND t.seq = e.seq"
            + " WHERE e.interaction_id = o.interaction_id AND e.node = ? AND e.seq >= o.since");

    /**
     * The same for PostgreSQL, which would join by reading the whole log: OFFSET 0 keeps it from looking into the inner query, so that
     * it goes from each interaction to its rows. The time says no more than the number does; it is what partitions are known by.
     */
    static final String OPEN_IN_POSTGRES = open("CROSS JOIN LATERAL (SELECT r.*, x.content FROM audit_event r"
                    + " LEFT JOIN suggestion_text x ON x.node = r.node AND x.seq = r.seq"
                    + " WHERE r.interaction_id = o.interaction_id AND r.node = ? AND r.seq >= o.since AND r.at >= o.since_at"
                    + " OFFSET 0) e WHERE TRUE")
            .replace("t.content", "e.content");

    private static String open(String rowsOfEach) {
        return "SELECT e.seq, e.at, e.event, e.interaction_id, e.suggestion_id, e.reason, e.details, t.content"
                + " FROM (SELECT interaction_id, MIN(seq) AS since, MIN(at) AS since_at FROM audit_event"
                + " WHERE node = ? AND window_end >= ?"
                + " GROUP BY interaction_id ORDER BY interaction_id) o "
                + rowsOfEach
                + " AND e.suggestion_id IS NOT NULL AND e.event IN ("
                + SuggestionFold.EVENTS.stream()
                        .map(event -> "'" + event.wireName() + "'")
                        .sorted()
                        .collect(Collectors.joining(", "))
                + ") ORDER BY o.interaction_id, e.seq";
    }

    /** The events as in the condition of the index, or it is not used. */
    static final String DECISIONS = "SELECT seq, event, interaction_id, details FROM audit_event"
            + " WHERE node = ? AND event IN ('accepted', 'dismissed') ORDER BY seq DESC LIMIT ?";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter WHOLE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final int ROWS_PER_REPORT = 1_000;

    private final DataSource database;

    public JdbcRecoveryReader(DataSource database) {
        this.database = database;
    }

    @Override
    public void openSuggestions(String node, Instant now, Consumer<OpenSuggestion> each, LongConsumer progress) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(Dialect.of(connection).openSuggestions())) {
            // PostgreSQL's driver would else hold all rows at once; the pool ends the transaction
            connection.setAutoCommit(false);
            statement.setFetchSize(ROWS_PER_REPORT);
            statement.setString(1, node);
            statement.setString(2, earliestText(now));
            statement.setString(3, node);
            try (ResultSet rows = statement.executeQuery()) {
                fold(node, now, rows, each, progress);
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * Not after the text of any instant from {@code now} on. Fractions of a second have no, three, six or nine digits,
     * and as text 08:00:00.5Z comes before 08:00:00Z: so the whole second without its Z, and the fold looks closer.
     */
    static String earliestText(Instant now) {
        return WHOLE_SECOND.format(now);
    }

    @Override
    public List<PastDecision> latestDecisions(String node, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(DECISIONS)) {
            statement.setString(1, node);
            statement.setInt(2, limit);
            try (ResultSet rows = statement.executeQuery()) {
                List<PastDecision> latestFirst = new ArrayList<>();
                while (rows.next()) {
                    latestFirst.add(decision(node, rows));
                }
                Collections.reverse(latestFirst);
                return latestFirst;
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void openCoolDowns(String node, Instant now, Consumer<OpenCoolDown> each) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(coolDowns(Dialect.of(connection)))) {
            connection.setAutoCommit(false);
            statement.setFetchSize(ROWS_PER_REPORT);
            statement.setString(1, node);
            statement.setString(2, earliestText(now));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    OpenCoolDown coolDown = coolDown(node, rows);
                    if (!coolDown.until().isBefore(now)) {
                        each.accept(coolDown);
                    }
                }
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** The conditions as in that of the index, or it is not used. */
    static String coolDowns(Dialect dialect) {
        return "SELECT seq, interaction_id, details FROM audit_event WHERE node = ? AND event = 'dismissed' AND "
                + dialect.coolDownUntil() + " >= ?";
    }

    private static OpenCoolDown coolDown(String node, ResultSet row) throws SQLException {
        JsonNode details = details(node, row);
        try {
            return new OpenCoolDown(
                    row.getString("interaction_id"),
                    details.path("contentDigest").asText(),
                    Instant.parse(details.path("coolDownUntil").asText()));
        } catch (DateTimeException e) {
            throw new DamagedRowException(node, row.getLong("seq"), e);
        }
    }

    private static void fold(
            String node, Instant now, ResultSet rows, Consumer<OpenSuggestion> each, LongConsumer progress)
            throws SQLException {
        String interactionId = null;
        SuggestionFold fold = new SuggestionFold(now);
        long read = 0;
        while (rows.next()) {
            SuggestionStep step = step(node, rows);
            if (!step.interactionId().equals(interactionId)) {
                fold.suggestions().forEach(each);
                fold = new SuggestionFold(now);
                interactionId = step.interactionId();
            }
            fold.add(step);
            read++;
            if (read % ROWS_PER_REPORT == 0) {
                progress.accept(read);
            }
        }
        fold.suggestions().forEach(each);
    }

    private static SuggestionStep step(String node, ResultSet row) throws SQLException {
        long seq = row.getLong("seq");
        JournalEvent event = JournalEvent.of(row.getString("event")).orElseThrow();
        try {
            return new SuggestionStep(
                    seq,
                    // not as strict as the verifier, which is twice the work
                    Instant.parse(row.getString("at")),
                    event,
                    row.getString("interaction_id"),
                    row.getString("suggestion_id"),
                    row.getString("reason"),
                    SuggestionFold.WITH_DETAILS.contains(event) ? details(node, row) : MissingNode.getInstance(),
                    row.getString("content"));
        } catch (DateTimeException e) {
            throw new DamagedRowException(node, seq, e);
        }
    }

    private static PastDecision decision(String node, ResultSet row) throws SQLException {
        return new PastDecision(
                row.getLong("seq"),
                row.getString("interaction_id"),
                row.getString("event").equals(JournalEvent.ACCEPTED.wireName()),
                details(node, row).path("source").textValue());
    }

    private static JsonNode details(String node, ResultSet row) throws SQLException {
        try {
            return JSON.readTree(row.getString("details"));
        } catch (JsonProcessingException e) {
            // its own message quotes what it read
            throw new DamagedRowException(
                    node, row.getLong("seq"), new IllegalArgumentException("its details are not JSON"));
        }
    }

    private static JournalException unreadable(SQLException e) {
        return new JournalException("the journal could not be read: " + e.getMessage(), e);
    }
}
