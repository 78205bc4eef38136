package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database behind a {@code jdbc:postgresql:} URL, and what its errors mean to an operator. The role that writes need not be
 * the one that makes the tables: without the latter nothing is changed at the start, only checked.
 */
final class PostgresServer implements Database {
    static final String PREFIX = "jdbc:postgresql:";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    private static final int OLDEST = 15;
    private static final int MONTHS_AHEAD = 12;
    private static final int CONNECTIONS = 8;
    private static final int CONNECT_SECONDS = 5;
    /** A server that says nothing for so long is taken for dead; what it did of a commit is unknown then. */
    private static final int ANSWER_SECONDS = 30;

    /**
     * A machine of ours that is switched off must not keep its locks for hours; and what is told to be on disk is, whatever the
     * default of the database.
     */
    private static final String SESSION = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
            + " SET tcp_keepalives_count = 3; SET idle_in_transaction_session_timeout = '60s';"
            + " SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    private static final String MISSING_RIGHTS =
            "SELECT string_agg(wanted.what || ' on ' || wanted.name, ', ' ORDER BY wanted.name, wanted.what)"
                    + " FROM (VALUES ('audit_event', 'INSERT'), ('audit_event', 'SELECT'), ('suggestion_text', 'INSERT'),"
                    + " ('suggestion_text', 'SELECT'), ('audit_checkpoint', 'INSERT'), ('audit_checkpoint', 'SELECT'),"
                    + " ('audit_anchored', 'INSERT'), ('audit_anchored', 'SELECT'), ('webhook_cursor', 'INSERT'),"
                    + " ('webhook_cursor', 'SELECT'), ('webhook_cursor', 'UPDATE'), ('webhook_retry', 'DELETE'),"
                    + " ('webhook_retry', 'INSERT'), ('webhook_retry', 'SELECT'), ('webhook_retry', 'UPDATE'),"
                    + " ('webhook_dead', 'DELETE'), ('webhook_dead', 'INSERT'), ('webhook_dead', 'SELECT'),"
                    + " ('webhook_dead', 'UPDATE'), ('webhook_subscriber_state', 'DELETE'),"
                    + " ('webhook_subscriber_state', 'INSERT'), ('webhook_subscriber_state', 'SELECT'),"
                    + " ('webhook_subscriber_state', 'UPDATE')) wanted (name, what)"
                    + " WHERE NOT has_table_privilege(wanted.name, wanted.what)";

    private final DatabaseSettings settings;
    private final String name;

    private record Login(String role, String schema) {}

    private PostgresServer(DatabaseSettings settings) {
        this.settings = settings;
        this.name = settings.url().substring("jdbc:".length()).replaceFirst("\\?.*", "");
    }

    static PostgresServer of(DatabaseSettings settings) {
        // the driver would take it for a port, and put it into the log
        if (settings.url().replaceFirst("\\?.*", "").contains("@")) {
            throw new JournalDatabaseException("the URL of the journal database holds a user: name it in"
                    + " cxone.database-user, the password in cxone.database-password, and the host alone in the URL");
        }
        try {
            Class.forName("org.postgresql.Driver", false, PostgresServer.class.getClassLoader());
            Class.forName(
                    "org.flywaydb.database.postgresql.PostgreSQLDatabaseType",
                    false,
                    PostgresServer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new JournalDatabaseException(
                    "a journal in PostgreSQL needs the libraries org.postgresql:postgresql and"
                            + " org.flywaydb:flyway-database-postgresql: add both to the application",
                    e);
        }
        return new PostgresServer(settings);
    }

    @Override
    public HikariDataSource open(Duration patience) {
        try {
            DataSource ours = dataSource(settings.user(), settings.password());
            Login login = login(ours);
            if (settings.migrateUser() != null) {
                migrate(login);
            }
            new Migrations(ours, toString(), "postgresql", Map.of("appRole", quoted(login.role())))
                    .check("start the program once with cxone.database-migrate-user, the role that owns the tables,"
                            + " and cxone.database-migrate-password");
            checkRights(ours, login);
            HikariDataSource pool = pool(ours, patience);
            makePartitions(pool);
            return pool;
        } catch (RuntimeException e) {
            throw explain(e);
        } catch (SQLException e) {
            throw explain(new IllegalStateException(e.getMessage(), e));
        }
    }

    @Override
    public HikariDataSource openToRead(Duration patience) {
        try {
            DataSource ours = dataSource(settings.user(), settings.password());
            Login login = login(ours);
            new Migrations(ours, toString(), "postgresql", Map.of("appRole", quoted(login.role())))
                    .check("start the program once, which brings them up to date");
            HikariConfig config = config("cxone-assist-reader", ours, patience);
            config.setMaximumPoolSize(2);
            config.setReadOnly(true);
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw explain(e);
        } catch (SQLException e) {
            throw explain(new IllegalStateException(e.getMessage(), e));
        }
    }

    @Override
    public JournalLock lock(String node) {
        try {
            return AdvisoryLock.take(this, dataSource(settings.user(), settings.password()), node);
        } catch (SQLException e) {
            throw explain(new IllegalStateException(e.getMessage(), e));
        }
    }

    /** What every connection of ours begins with. */
    static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
        }
    }

    /** Who we are there, on a server that we can use. */
    private Login login(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version_num')::int / 10000,"
                        + " current_user, current_schema(), current_setting('server_encoding')")) {
            row.next();
            if (row.getInt(1) < OLDEST) {
                throw new JournalDatabaseException(this + " is on a server of version " + row.getInt(1)
                        + ", and this program needs " + OLDEST + " or newer");
            } else if (row.getString(3) == null) {
                throw new JournalDatabaseException(this + " has no schema for the role " + row.getString(2)
                        + ": name one in the URL, as in ?currentSchema=public");
            } else if (!row.getString(4).equals("UTF8")) {
                throw new JournalDatabaseException(this + " has the encoding " + row.getString(4)
                        + ", which does not hold every text: make one with ENCODING 'UTF8'");
            }
            return new Login(row.getString(2), row.getString(3));
        }
    }

    private void migrate(Login ours) throws SQLException {
        DataSource owners = dataSource(settings.migrateUser(), settings.migratePassword());
        Login owner;
        try {
            owner = login(owners);
        } catch (SQLException e) {
            throw new JournalDatabaseException(
                    this + " " + meaning(e, "cxone.database-migrate-user", settings.migrateUser()), e);
        }
        if (!owner.schema().equals(ours.schema())) {
            throw new JournalDatabaseException(
                    this + ": the role " + owner.role() + " would make the tables in the schema "
                            + owner.schema() + ", and the role " + ours.role() + " looks for them in " + ours.schema()
                            + ": name one in the URL, as in ?currentSchema=" + owner.schema());
        }
        try {
            new Migrations(owners, toString(), "postgresql", Map.of("appRole", quoted(ours.role()))).migrate();
        } catch (FlywayException e) {
            throw new JournalDatabaseException(
                    this + " could not be brought up to date by the role " + owner.role() + ": "
                            + sqlError(e).map(PostgresServer::firstLine).orElseGet(e::getMessage),
                    e);
        }
    }

    private void checkRights(DataSource database, Login login) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(MISSING_RIGHTS)) {
                row.next();
                if (row.getString(1) != null) {
                    throw new JournalDatabaseException(this + ": the role " + login.role() + " has no right to "
                            + row.getString(1)
                            + ": start the program once with cxone.database-migrate-user, which grants"
                            + " it");
                }
            }
            try (ResultSet row =
                    statement.executeQuery("SELECT has_table_privilege('audit_event', 'UPDATE, DELETE, TRUNCATE')")) {
                row.next();
                if (row.getBoolean(1)) {
                    LOG.warn(
                            "The role {} may change and delete rows of the audit log in {}: give the program one that may"
                                    + " not, in cxone.database-user",
                            login.role(),
                            this);
                }
            }
        }
    }

    private HikariDataSource pool(DataSource database, Duration patience) {
        HikariConfig config = config("cxone-assist-journal", database, patience);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }

    private static HikariConfig config(String name, DataSource database, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(database);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(250, patience.toMillis()));
        config.setValidationTimeout(Math.max(250, patience.toMillis() / 2));
        config.setKeepaliveTime(TimeUnit.MINUTES.toMillis(2));
        config.setConnectionInitSql(SESSION + "; SET lock_timeout = " + patience.toMillis());
        return config;
    }

    /** Without them nothing fails: the rows go where those of no month are. */
    private void makePartitions(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT audit_partitions_ahead(" + MONTHS_AHEAD + ")")) {
            row.next();
            LOG.debug("{} new partitions of the audit log", row.getInt(1));
        } catch (SQLException e) {
            LOG.warn("No partitions of the audit log could be made for the next months: {}", firstLine(e));
        }
    }

    /** Not by way of DriverManager, which asks the class loaders of whoever came first for drivers. */
    private DataSource dataSource(String user, String password) throws SQLException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(settings.url());
        if (user != null) {
            dataSource.setUser(user);
            dataSource.setPassword(password);
        }
        // what an operator put into the URL has the last word
        setUnlessInUrl(dataSource, "ApplicationName", "cxone-assist");
        setUnlessInUrl(dataSource, "connectTimeout", String.valueOf(CONNECT_SECONDS));
        setUnlessInUrl(dataSource, "socketTimeout", String.valueOf(ANSWER_SECONDS));
        setUnlessInUrl(dataSource, "tcpKeepAlive", "true");
        // a batch is a few statements instead of one a row
        setUnlessInUrl(dataSource, "reWriteBatchedInserts", "true");
        // the rows of a refused statement would be quoted, and with them texts
        setUnlessInUrl(dataSource, "logServerErrorDetail", "false");
        return dataSource;
    }

    private void setUnlessInUrl(PGSimpleDataSource dataSource, String property, String value) throws SQLException {
        if (!settings.url().contains(property + "=")) {
            dataSource.setProperty(property, value);
        }
    }

    /** The same failure in words for an operator, where the server or the way to it is at the bottom of it. */
    private RuntimeException explain(RuntimeException failure) {
        if (failure instanceof JournalDatabaseException) {
            return failure;
        }
        return sqlError(failure)
                .<RuntimeException>map(e -> new JournalDatabaseException(
                        this + " " + meaning(e, "cxone.database-user", settings.user()), failure))
                .orElse(failure);
    }

    private static Optional<SQLException> sqlError(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    private static String meaning(SQLException e, String setting, String user) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "28P01", "28000", "28001" ->
                "refuses the user \"" + user + "\": check " + setting + " and its password (the server says: "
                        + firstLine(e) + ")";
            case "3D000" -> "does not exist on that server: make it, or name another";
            case "57P03", "57P01", "57P02" -> "is on a server that is starting or stopping: try again";
            case "53300" -> "is on a server that takes no more connections: raise its max_connections";
            case "53100", "53200" -> "cannot be written: check the disk of the server and the space on it";
            case "42501" -> "cannot be used by the user \"" + user + "\": " + firstLine(e);
            case "55P03" -> "is locked by somebody else: look who holds a lock on its tables";
            case "25006" -> "takes no writes: it is a standby, so name the primary";
            default ->
                state.startsWith("08")
                        ? "cannot be reached: check that the server runs, and host and port in the URL (" + firstLine(e)
                                + ")"
                        : "cannot be opened: " + firstLine(e);
        };
    }

    /** The server quotes the values of a row in the lines after the first. */
    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String quoted(String role) {
        return role.replace("\"", "\"\"");
    }

    @Override
    public String toString() {
        return "the journal database " + name;
    }
}
