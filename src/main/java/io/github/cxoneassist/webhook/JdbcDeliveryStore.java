package io.github.cxoneassist.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * On SQLite and PostgreSQL. A cursor counts in the log of one node, so one that another node left is none: the numbers of two
 * logs have nothing to do with each other.
 */
public final class JdbcDeliveryStore implements DeliveryStore {

    static final String DISABLED = "disabled";

    private final DataSource database;
    private final String node;

    /** @param database gives connections that commit by themselves, which is what JDBC prescribes for new ones */
    public JdbcDeliveryStore(DataSource database, String node) {
        this.database = Objects.requireNonNull(database, "database");
        this.node = Objects.requireNonNull(node, "node");
    }

    @Override
    public OptionalLong cursor(String subscriber) {
        return place(subscriber).stream().mapToLong(Place::seq).findFirst();
    }

    @Override
    public Optional<Place> place(String subscriber) {
        return read("the cursor of subscriber " + subscriber, connection -> {
            try (PreparedStatement select = statement(
                            connection,
                            "SELECT seq, generation, not_before FROM webhook_cursor WHERE subscriber = ? AND node = ?",
                            subscriber,
                            node);
                    ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Place(row.getLong(1), row.getString(2), SqlTime.parse(row.getString(3))))
                        : Optional.empty();
            }
        });
    }

    @Override
    public void begin(String subscriber, long seq) {
        read("the cursor of subscriber " + subscriber, connection -> {
            execute(
                    connection,
                    "INSERT INTO webhook_cursor (subscriber, node, seq, generation) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (subscriber, node) DO NOTHING",
                    subscriber,
                    node,
                    seq,
                    UUID.randomUUID().toString());
            return null;
        });
    }

    @Override
    public boolean settle(String subscriber, String generation, Settlement settlement, Instant now) {
        return read("the deliveries of subscriber " + subscriber, connection -> {
            connection.setAutoCommit(false);
            try {
                // the cursor first: without one the subscriber was removed, and nothing of it must come back
                boolean known = execute(
                                connection,
                                "UPDATE webhook_cursor SET seq = ?, not_before = COALESCE(?, not_before)"
                                        + " WHERE subscriber = ? AND node = ? AND generation = ?",
                                settlement.cursor(),
                                SqlTime.text(settlement.notBefore()),
                                subscriber,
                                node,
                                generation)
                        == 1;
                if (known) {
                    write(connection, subscriber, settlement, now);
                    connection.commit();
                } else {
                    connection.rollback();
                }
                return known;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    private void write(Connection connection, String subscriber, Settlement settlement, Instant now)
            throws SQLException {
        for (long seq : settlement.done()) {
            unpark(connection, subscriber, seq);
        }
        for (DeadRow row : settlement.dead()) {
            unpark(connection, subscriber, row.seq());
            execute(
                    connection,
                    "INSERT INTO webhook_dead (subscriber, node, seq, interaction_id, event, tries, failure, at)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subscriber, node, seq) DO UPDATE SET"
                            + " tries = excluded.tries, failure = excluded.failure, at = excluded.at",
                    subscriber,
                    node,
                    row.seq(),
                    row.interactionId(),
                    row.event(),
                    row.tries(),
                    row.failure(),
                    SqlTime.text(row.at()));
        }
        for (ParkedRow row : settlement.parked()) {
            park(connection, subscriber, row);
        }
        if (settlement.gone() != null) {
            execute(
                    connection,
                    "INSERT INTO webhook_subscriber_state (subscriber, state, reason, at) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (subscriber) DO UPDATE SET state = excluded.state,"
                            + " reason = excluded.reason, at = excluded.at",
                    subscriber,
                    DISABLED,
                    settlement.gone(),
                    SqlTime.text(now));
        }
    }

    private void unpark(Connection connection, String subscriber, long seq) throws SQLException {
        execute(
                connection,
                "DELETE FROM webhook_retry WHERE subscriber = ? AND node = ? AND seq = ?",
                subscriber,
                node,
                seq);
    }

    private void park(Connection connection, String subscriber, ParkedRow row) throws SQLException {
        execute(
                connection,
                "INSERT INTO webhook_retry (subscriber, node, seq, interaction_id, tries, first_try_at, due_at,"
                        + " failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (subscriber, node, seq) DO UPDATE SET"
                        + " tries = excluded.tries, first_try_at = excluded.first_try_at, due_at = excluded.due_at,"
                        // one that was parked above the cursor is met again after a crash: its tries stay
                        + " failure = excluded.failure WHERE excluded.tries > 0",
                subscriber,
                node,
                row.seq(),
                row.interactionId(),
                row.tries(),
                SqlTime.text(row.firstTry()),
                SqlTime.text(row.due()),
                row.failure());
        // what waits behind it need not be looked at before
        execute(
                connection,
                "UPDATE webhook_retry SET due_at = ? WHERE subscriber = ? AND node = ? AND interaction_id = ? AND seq"
                        + " > ? AND due_at < ?",
                SqlTime.text(row.due()),
                subscriber,
                node,
                row.interactionId(),
                row.seq(),
                SqlTime.text(row.due()));
    }

    @Override
    public List<ParkedRow> due(String subscriber, Instant now, int limit) {
        return read("what subscriber " + subscriber + " is told again", connection -> {
            List<ParkedRow> rows = new ArrayList<>();
            try (PreparedStatement select = statement(
                            connection,
                            "SELECT seq, interaction_id, tries, first_try_at, due_at, failure FROM webhook_retry r"
                                    + " WHERE subscriber = ? AND node = ? AND due_at <= ? AND NOT EXISTS (SELECT 1 FROM"
                                    + " webhook_retry b WHERE b.subscriber = r.subscriber AND b.node = r.node"
                                    + " AND b.interaction_id = r.interaction_id AND b.seq < r.seq)"
                                    + " ORDER BY due_at, seq LIMIT ?",
                            subscriber,
                            node,
                            SqlTime.text(now),
                            limit);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new ParkedRow(
                            row.getLong(1),
                            row.getString(2),
                            row.getInt(3),
                            SqlTime.parse(row.getString(4)),
                            SqlTime.parse(row.getString(5)),
                            row.getString(6)));
                }
            }
            return rows;
        });
    }

    @Override
    public Optional<Instant> nextDue(String subscriber) {
        return instant(subscriber, "SELECT MIN(due_at) FROM webhook_retry WHERE subscriber = ? AND node = ?");
    }

    @Override
    public Parked parked(String subscriber) {
        return read("what subscriber " + subscriber + " is told again", connection -> {
            try (PreparedStatement select = statement(
                            connection,
                            // two questions, so that an index answers each
                            "SELECT (SELECT COUNT(*) FROM webhook_retry WHERE subscriber = ? AND node = ?),"
                                    + " (SELECT MIN(first_try_at) FROM webhook_retry WHERE subscriber = ? AND node = ?"
                                    + " AND first_try_at IS NOT NULL)",
                            subscriber,
                            node,
                            subscriber,
                            node);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new Parked(row.getLong(1), Optional.ofNullable(SqlTime.parse(row.getString(2))));
            }
        });
    }

    private Optional<Instant> instant(String subscriber, String sql) {
        return read("what subscriber " + subscriber + " is told again", connection -> {
            try (PreparedStatement select = statement(connection, sql, subscriber, node);
                    ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(SqlTime.parse(row.getString(1))) : Optional.empty();
            }
        });
    }

    @Override
    public Map<String, Instant> waiting(String subscriber, Collection<String> interactions) {
        if (interactions.isEmpty()) {
            return Map.of();
        }
        List<Object> parameters = new ArrayList<>(List.of(subscriber, node));
        parameters.addAll(interactions);
        return read("what subscriber " + subscriber + " is told again", connection -> {
            Map<String, Instant> waiting = new HashMap<>();
            try (PreparedStatement select = statement(
                            connection,
                            "SELECT interaction_id, MAX(due_at) FROM webhook_retry WHERE subscriber = ? AND node = ?"
                                    + " AND interaction_id IN ("
                                    + String.join(", ", Collections.nCopies(interactions.size(), "?"))
                                    + ") GROUP BY interaction_id",
                            parameters.toArray());
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    waiting.put(row.getString(1), SqlTime.parse(row.getString(2)));
                }
            }
            return waiting;
        });
    }

    @Override
    public Map<String, String> disabled() {
        return read("which subscribers are disabled", connection -> {
            Map<String, String> disabled = new HashMap<>();
            try (PreparedStatement select = statement(
                            connection,
                            "SELECT subscriber, reason FROM webhook_subscriber_state WHERE state = ?",
                            DISABLED);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    disabled.put(row.getString(1), row.getString(2));
                }
            }
            return disabled;
        });
    }

    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T read(String what, Work<T> work) {
        return on(database, what, work);
    }

    static <T> T on(DataSource database, String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new DeliveryStoreException("Can't read or write " + what, e);
        }
    }

    static int execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = statement(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    static PreparedStatement statement(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }
}
