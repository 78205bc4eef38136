package io.github.cxoneassist.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/**
 * What subscribers of one node's log were not told, and telling them again. It only says what is to be told: a running
 * application finds it within seconds, another one when it starts. All goes out under the {@code webhook-id} that it always had.
 */
public final class DeadLetters {

    private static final int BATCH = 500;
    private static final String IN_THE_LOG =
            " AND EXISTS (SELECT 1 FROM audit_event e WHERE e.node = d.node AND e.seq = d.seq)";
    private static final String REPLAYED = "replayed";

    /**
     * An event that was given up.
     *
     * @param id its {@code webhook-id}
     * @param failure of the last try
     * @param at when it was given up
     */
    public record Letter(
            String id, long seq, String interactionId, String event, int tries, String failure, Instant at) {}

    private final DataSource database;
    private final String node;
    private final String log;
    private final Clock clock;

    /** @param log what {@code webhook-id}s of this log begin with, as {@link WebhookEvent#node} has it */
    public DeadLetters(DataSource database, String node, String log, Clock clock) {
        this.database = database;
        this.node = node;
        this.log = log;
        this.clock = clock;
    }

    /** The latest, in the order of the log. */
    public List<Letter> list(String subscriber, int limit) {
        return on(connection -> {
            List<Letter> letters = new ArrayList<>();
            try (PreparedStatement select = JdbcDeliveryStore.statement(
                            connection,
                            "SELECT seq, interaction_id, event, tries, failure, at FROM webhook_dead"
                                    + " WHERE subscriber = ? AND node = ? ORDER BY seq DESC LIMIT ?",
                            subscriber,
                            node,
                            limit);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    letters.add(new Letter(
                            WebhookPayload.id(log, row.getLong(1)),
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getInt(4),
                            row.getString(5),
                            SqlTime.parse(row.getString(6))));
                }
            }
            Collections.reverse(letters);
            return letters;
        });
    }

    public long count(String subscriber) {
        return on(connection -> number(
                connection, "SELECT COUNT(*) FROM webhook_dead WHERE subscriber = ? AND node = ?", subscriber, node));
    }

    /** How many of them have their row in the log: the others were archived since, and nothing is left to tell. */
    public long countReplayable(String subscriber) {
        return on(connection -> number(
                connection,
                "SELECT COUNT(*) FROM webhook_dead d WHERE subscriber = ? AND node = ?" + IN_THE_LOG,
                subscriber,
                node));
    }

    /**
     * All dead letters of a subscriber but those whose rows were archived, which stay as they are.
     *
     * @param progress told after each batch how many there have been
     * @return how many
     */
    public long replay(String subscriber, LongConsumer progress) {
        return replay(
                subscriber,
                "SELECT seq, interaction_id FROM webhook_dead d WHERE subscriber = ? AND node = ?" + IN_THE_LOG
                        + " AND seq > ? ORDER BY seq LIMIT ?",
                List.of(subscriber, node),
                progress);
    }

    /**
     * One event, dead or delivered long ago.
     *
     * @param id its {@code webhook-id}
     * @return false where the log has no such row, or not before the subscriber's cursor: that one is told anyway
     */
    public boolean replay(String subscriber, String id) {
        String digits = id.substring(id.lastIndexOf('_') + 1);
        if (!digits.matches("\\d{1,18}") || !id.equals(WebhookPayload.id(log, Long.parseLong(digits)))) {
            return false;
        }
        long seq = Long.parseLong(digits);
        return replay(
                        subscriber,
                        "SELECT seq, interaction_id FROM audit_event WHERE node = ? AND seq = ? AND seq <= (SELECT seq"
                                + " FROM webhook_cursor WHERE subscriber = ? AND node = ?) AND seq > ? LIMIT ?",
                        List.of(node, seq, subscriber, node),
                        done -> {})
                == 1;
    }

    /**
     * All that a subscriber wants of a period, dead letters in it included, up to its cursor: the rest is told anyway.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public long replay(Subscriber subscriber, Instant from, Instant to, LongConsumer progress) {
        return replay(
                subscriber.name(),
                "SELECT seq, interaction_id FROM audit_event" + period(subscriber)
                        + " AND seq > ? ORDER BY seq LIMIT ?",
                periodParameters(subscriber, from, to),
                progress);
    }

    /** How many that will be. */
    public long count(Subscriber subscriber, Instant from, Instant to) {
        return on(connection -> number(
                connection,
                "SELECT COUNT(*) FROM audit_event" + period(subscriber),
                periodParameters(subscriber, from, to).toArray()));
    }

    private static String period(Subscriber subscriber) {
        return " WHERE node = ? AND at >= ? AND at < ? AND seq <= (SELECT seq FROM webhook_cursor WHERE subscriber = ?"
                + " AND node = ?) AND event IN ("
                + String.join(", ", Collections.nCopies(subscriber.events().size(), "?"))
                + ")";
    }

    private List<Object> periodParameters(Subscriber subscriber, Instant from, Instant to) {
        List<Object> parameters =
                new ArrayList<>(List.of(node, SqlTime.text(from), SqlTime.text(to), subscriber.name(), node));
        parameters.addAll(subscriber.events());
        return parameters;
    }

    /** @param sql of seq and interaction, its last parameters being the seq to begin behind and the limit */
    private long replay(String subscriber, String sql, List<Object> parameters, LongConsumer progress) {
        long done = 0;
        long behind = 0;
        List<Row> rows;
        do {
            List<Object> all = new ArrayList<>(parameters);
            all.add(behind);
            all.add(BATCH);
            rows = on(connection -> batch(connection, subscriber, sql, all.toArray()));
            if (!rows.isEmpty()) {
                behind = rows.get(rows.size() - 1).seq();
                done += rows.size();
                progress.accept(done);
            }
        } while (rows.size() == BATCH);
        return done;
    }

    private record Row(long seq, String interactionId) {}

    /** A transaction for each: a running application shares the database, and can go on between two. */
    private List<Row> batch(Connection connection, String subscriber, String sql, Object... parameters)
            throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = JdbcDeliveryStore.statement(connection, sql, parameters);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(row.getLong(1), row.getString(2) == null ? "" : row.getString(2)));
            }
        }
        String now = SqlTime.text(clock.instant());
        connection.setAutoCommit(false);
        try {
            for (Row row : rows) {
                JdbcDeliveryStore.execute(
                        connection,
                        "INSERT INTO webhook_retry (subscriber, node, seq, interaction_id, tries, first_try_at, due_at,"
                                + " failure) VALUES (?, ?, ?, ?, 0, NULL, ?, ?) ON CONFLICT (subscriber, node, seq)"
                                + " DO UPDATE SET tries = 0, first_try_at = NULL, due_at = excluded.due_at,"
                                + " failure = excluded.failure",
                        subscriber,
                        node,
                        row.seq(),
                        row.interactionId(),
                        now,
                        REPLAYED);
                JdbcDeliveryStore.execute(
                        connection,
                        "DELETE FROM webhook_dead WHERE subscriber = ? AND node = ? AND seq = ?",
                        subscriber,
                        node,
                        row.seq());
            }
            connection.commit();
            return rows;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = JdbcDeliveryStore.statement(connection, sql, parameters);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private <T> T on(JdbcDeliveryStore.Work<T> work) {
        return JdbcDeliveryStore.on(database, "the dead letters", work);
    }
}
