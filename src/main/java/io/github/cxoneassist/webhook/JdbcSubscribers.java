package io.github.cxoneassist.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscribers of the table {@code webhook_subscriber}, on SQLite and PostgreSQL, which operators add while the application
 * runs. Only URLs: who may write to the database may not thereby have this process use any endpoint of Camel's. Thread-safe.
 */
public final class JdbcSubscribers implements SubscriberSource {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSubscribers.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> HEADERS = new TypeReference<>() {};

    private static final String ALL =
            "SELECT name, url, events, secret, old_secret, old_until, headers, paused, with_text,"
                    + " parallel FROM webhook_subscriber ORDER BY name";
    private static final String INSERT =
            "INSERT INTO webhook_subscriber (name, url, events, secret, headers, paused, with_text,"
                    + " parallel, since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING";
    private static final String PAUSE = "UPDATE webhook_subscriber SET paused = ? WHERE name = ?";
    private static final String ROTATE = "UPDATE webhook_subscriber SET secret = ?, old_secret = ?, old_until = ?"
            + " WHERE name = ? AND secret = ?";
    private static final String FORGET =
            "UPDATE webhook_subscriber SET old_secret = NULL, old_until = NULL WHERE old_until <= ?";
    private static final String REMOVE = "DELETE FROM webhook_subscriber WHERE name = ?";
    private static final String DISABLED = "SELECT subscriber, reason FROM webhook_subscriber_state";
    private static final String ENABLE = "DELETE FROM webhook_subscriber_state WHERE subscriber = ?";

    /** What delivery keeps of a subscriber. */
    private static final List<String> TRACES =
            List.of("webhook_cursor", "webhook_retry", "webhook_dead", "webhook_subscriber_state");

    private final DataSource database;
    private final Set<String> journalEvents;
    private final Clock clock;

    /** One with what only the database knows of it; its secrets are those that sign now. */
    public record Stored(Subscriber subscriber, Optional<Instant> oldSecretUntil) {}

    /** @param journalEvents the wire names that there are: a row with another was not written by this version, and is left out */
    public JdbcSubscribers(DataSource database, Set<String> journalEvents, Clock clock) {
        this.database = Objects.requireNonNull(database, "database");
        this.journalEvents = Set.copyOf(journalEvents);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public List<Subscriber> subscribers() {
        return stored().stream().map(Stored::subscriber).toList();
    }

    /** In alphabetical order; a row that is damaged is told in the log, and holds up no other. */
    public List<Stored> stored() {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(ALL);
                ResultSet row = select.executeQuery()) {
            List<Stored> found = new ArrayList<>();
            while (row.next()) {
                read(row).ifPresent(found::add);
            }
            return found;
        } catch (SQLException e) {
            throw new SubscriberStoreException("The webhook subscribers cannot be read: " + e.getMessage(), e);
        }
    }

    /** @return false where there is one of that name */
    public boolean add(Subscriber subscriber) {
        return change(
                "added",
                INSERT,
                subscriber.name(),
                ((Target.Url) subscriber.target()).url().toString(),
                String.join(",", subscriber.events()),
                subscriber.secrets().get(0),
                headers(subscriber),
                subscriber.paused() ? 1 : 0,
                subscriber.withText() ? 1 : 0,
                subscriber.parallel(),
                text(clock.instant()));
    }

    /** @return false where there is none of that name */
    public boolean pause(String name, boolean paused) {
        return change("changed", PAUSE, paused ? 1 : 0, name);
    }

    /**
     * Signs with a new secret from now on, and with the present one too until then.
     *
     * @param present its newest secret
     * @param oldUntil empty where the present one ends now
     * @return false where it has another secret by now, or there is none of that name
     */
    public boolean rotate(String name, String present, String next, Optional<Instant> oldUntil) {
        return change(
                "changed",
                ROTATE,
                next,
                oldUntil.isPresent() ? present : null,
                oldUntil.map(JdbcSubscribers::text).orElse(null),
                name,
                present);
    }

    /**
     * Forgets it, and how far it was told: one that is added under its name again begins anew.
     *
     * @param traces whether what delivery keeps of it goes too; not where one of the settings has the name
     * @return false where there was nothing of that name
     */
    public boolean remove(String name, boolean traces) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int removed = update(connection, REMOVE, name);
                for (String table : traces ? TRACES : List.<String>of()) {
                    removed += update(connection, "DELETE FROM " + table + " WHERE subscriber = ?", name);
                }
                forgetOldSecrets(connection);
                connection.commit();
                return removed > 0;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unchanged("removed", e);
        }
    }

    /** Those that said themselves that they are gone, and why; of the settings and of the database. */
    public Map<String, String> disabled() {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(DISABLED);
                ResultSet row = select.executeQuery()) {
            Map<String, String> disabled = new TreeMap<>();
            while (row.next()) {
                disabled.put(row.getString(1), row.getString(2));
            }
            return disabled;
        } catch (SQLException e) {
            throw new SubscriberStoreException("Who is disabled cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Lets one that said that it is gone be told again, of the settings or of the database.
     *
     * @return false where it never said so
     */
    public boolean enable(String name) {
        return change("enabled", ENABLE, name);
    }

    /** Removes those that sign no more: what nobody needs is not there to be read. Each change does it, too. */
    public void forgetOldSecrets() {
        try (Connection connection = database.getConnection()) {
            forgetOldSecrets(connection);
        } catch (SQLException e) {
            throw unchanged("changed", e);
        }
    }

    private void forgetOldSecrets(Connection connection) throws SQLException {
        update(connection, FORGET, text(clock.instant()));
    }

    private Optional<Stored> read(ResultSet row) throws SQLException {
        String name = row.getString("name");
        try {
            Optional<Instant> oldUntil = Optional.ofNullable(row.getString("old_until"))
                    .map(Instant::parse)
                    .filter(until -> clock.instant().isBefore(until));
            List<String> secrets = new ArrayList<>(List.of(row.getString("secret")));
            if (oldUntil.isPresent()) {
                secrets.add(row.getString("old_secret"));
            }
            secrets.forEach(WebhookSecret::parse);
            Map<String, String> headers = JSON.readValue(row.getString("headers"), HEADERS);
            headers.forEach(SubscriberRules::header);
            Subscriber subscriber = new Subscriber(
                    SubscriberRules.name(name),
                    // who calls it knows whether plain http is taken
                    SubscriberRules.url(row.getString("url"), true),
                    SubscriberRules.events(row.getString("events"), journalEvents),
                    secrets,
                    headers,
                    row.getInt("paused") != 0,
                    row.getInt("with_text") != 0,
                    SubscriberRules.parallel(row.getString("parallel")));
            return Optional.of(new Stored(subscriber, oldUntil));
        } catch (RuntimeException | JsonProcessingException e) {
            // not its message: it may quote what the row holds
            LOG.error(
                    "The webhook subscriber {} in the database is damaged ({}), and is told nothing: remove and add it again",
                    name,
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private boolean change(String what, String sql, Object... parameters) {
        try (Connection connection = database.getConnection()) {
            boolean changed = update(connection, sql, parameters) > 0;
            forgetOldSecrets(connection);
            return changed;
        } catch (SQLException e) {
            throw unchanged(what, e);
        }
    }

    private static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** With the first line only: a server quotes the row in the next ones. */
    private static SubscriberStoreException unchanged(String what, SQLException e) {
        String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new SubscriberStoreException("The webhook subscriber could not be " + what + ": " + why, e);
    }

    private static String headers(Subscriber subscriber) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(subscriber.headers()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is JSON", e);
        }
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
