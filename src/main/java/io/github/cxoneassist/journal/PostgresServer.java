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
     * default of the database. Nor may it be its default what a statement sees of what others commit: erasure has to see holds.
     */
    private static final String SESSION = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
            + " SET tcp_keepalives_count = 3; SET idle_in_transaction_session_timeout = '60s';"
            + " SET default_transaction_isolation = 'read committed';"
            + " SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    private static final String START_ONCE =
            "start the program once with cxone.database-migrate-user, the role that owns"
                    + " the tables, and cxone.database-migrate-password";

    private static final String MISSING_RIGHTS =
            "SELECT string_agg(what || ' on ' || name, ', ' ORDER BY name, what) FROM (SELECT name, what"
                    + " FROM (VALUES ('audit_event', 'INSERT'), ('audit_event', 'SELECT'), ('suggestion_text', 'INSERT'),"
                    + " ('suggestion_text', 'SELECT'), ('audit_checkpoint', 'INSERT'), ('audit_checkpoint', 'SELECT'),"
                    + " ('audit_anchored', 'INSERT'), ('audit_anchored', 'SELECT'), ('webhook_cursor', 'INSERT'),"
                    + " ('webhook_cursor', 'SELECT'), ('webhook_cursor', 'UPDATE'),"
                    + " ('restart', 'INSERT'), ('restart', 'SELECT'), ('restart', 'UPDATE'), ('webhook_subscriber', 'SELECT'),"
                    + " ('webhook_retry', 'DELETE'), ('webhook_retry', 'INSERT'), ('webhook_retry', 'SELECT'),"
                    + " ('webhook_retry', 'UPDATE'), ('webhook_dead', 'DELETE'), ('webhook_dead', 'INSERT'),"
                    + " ('webhook_dead', 'SELECT'), ('webhook_dead', 'UPDATE'), ('webhook_subscriber_state', 'DELETE'),"
                    + " ('webhook_subscriber_state', 'INSERT'), ('webhook_subscriber_state', 'SELECT'),"
                    + " ('webhook_subscriber_state', 'UPDATE')) wanted (name, what)"
                    + " WHERE NOT has_table_privilege(name, what)"
                    + " UNION ALL SELECT 'erase_old_texts', 'EXECUTE'"
                    + " WHERE NOT has_function_privilege('erase_old_texts(text, bigint[], text)', 'EXECUTE')) missing";

    private final DatabaseSettings settings;
    private final String name;
    private final Role application;
    /** The application itself, where nobody else is named. */
    private final Role owner;

    /** As whom we log in, and which setting says so. */
    private record Role(String setting, String user, String password) {}

    /** Who we are there. */
    private record Login(String role, String schema) {}

    /** Something that needs the server, and fails as it does. */
    private interface Use<T> {
        T get() throws SQLException;
    }

    private PostgresServer(DatabaseSettings settings) {
        this.settings = settings;
        this.name = settings.url().substring("jdbc:".length()).replaceFirst("\\?.*", "");
        this.application = new Role("cxone.database-user", settings.user(), settings.password());
        this.owner = settings.migrateUser() == null
                ? application
                : new Role("cxone.database-migrate-user", settings.migrateUser(), settings.migratePassword());
    }

    static PostgresServer of(DatabaseSettings settings) {
        // the driver would take the first for a port, and put it into the log; the others would count for one of our
        // roles, and be
        // passed over for another
        if (settings.url().replaceFirst("\\?.*", "").contains("@")
                || settings.url().matches("[^?]*\\?(.*&)?(user|password)=.*")) {
            throw new JournalDatabaseException("the URL of the journal database holds a user or a password: name"
                    + " them in cxone.database-user and cxone.database-password, and take them out of the URL");
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
        return explained(application, () -> {
            DataSource ours = dataSource(application);
            Login login = login(ours);
            if (settings.migrateUser() != null) {
                migrate(login);
            }
            migrations(ours, login).check(START_ONCE);
            checkRights(ours, login);
            HikariConfig config = config("cxone-assist-journal", ours, patience);
            config.setMaximumPoolSize(CONNECTIONS);
            HikariDataSource pool = new HikariDataSource(config);
            makePartitions(pool);
            return pool;
        });
    }

    @Override
    public HikariDataSource openToRead(Duration patience) {
        return explained(application, () -> {
            DataSource ours = dataSource(application);
            migrations(ours, login(ours)).check(START_ONCE);
            HikariConfig config = config("cxone-assist-reader", ours, patience);
            config.setMaximumPoolSize(2);
            config.setReadOnly(true);
            // the driver says it only at the beginning of a transaction of several statements
            config.setConnectionInitSql(config.getConnectionInitSql() + "; SET default_transaction_read_only = on");
            return new HikariDataSource(config);
        });
    }

    @Override
    public HikariDataSource openToTidy(Duration patience) {
        return explained(owner, () -> {
            PGSimpleDataSource owners = dataSource(owner);
            // what is deleted or rewritten may be large; that the server is gone is noticed all the same
            setUnlessInUrl(owners, "socketTimeout", "0");
            Login login = login(owners);
            migrations(owners, login).check(START_ONCE);
            checkOwner(owners, login);
            HikariConfig config = config("cxone-assist-operator", owners, patience);
            config.setMaximumPoolSize(4);
            return new HikariDataSource(config);
        });
    }

    @Override
    public JournalLock lock(String node) {
        Role role = node.endsWith(AuditVerifier.OPERATOR) ? owner : application;
        return explained(role, () -> AdvisoryLock.take(this, dataSource(role), node));
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
        DataSource owners = dataSource(owner);
        Login login = explained(owner, () -> login(owners));
        if (!login.schema().equals(ours.schema())) {
            throw new JournalDatabaseException(
                    this + ": the role " + login.role() + " would make the tables in the schema "
                            + login.schema() + ", and the role " + ours.role() + " looks for them in " + ours.schema()
                            + ": name one in the URL, as in ?currentSchema=" + login.schema());
        }
        try {
            migrations(owners, ours).migrate();
        } catch (FlywayException e) {
            throw new JournalDatabaseException(
                    this + " could not be brought up to date by the role " + login.role() + ": "
                            + PostgresErrors.sqlError(e)
                                    .map(PostgresErrors::firstLine)
                                    .orElseGet(e::getMessage),
                    e);
        }
    }

    /** @param application who gets the rights of the application */
    private Migrations migrations(DataSource database, Login application) {
        return new Migrations(
                database,
                toString(),
                "postgresql",
                Map.of("appRole", application.role().replace("\"", "\"\"")));
    }

    private void checkOwner(DataSource database, Login login) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('audit_event')")) {
            if (!row.next() || !row.getBoolean(1)) {
                throw new JournalDatabaseException(this + ": the role " + login.role() + " does not own the tables, and"
                        + " nobody else may change what is kept: name the role that does in cxone.database-migrate-user,"
                        + " and its password in cxone.database-migrate-password");
            }
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
            LOG.warn(
                    "No partitions of the audit log could be made for the next months: {}",
                    PostgresErrors.firstLine(e));
        }
    }

    /** Not by way of DriverManager, which asks the class loaders of whoever came first for drivers. */
    private PGSimpleDataSource dataSource(Role role) throws SQLException {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(settings.url());
        if (role.user() != null) {
            dataSource.setUser(role.user());
            dataSource.setPassword(role.password());
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

    /** A failure in words for an operator, where the server or the way to it is at the bottom of it. */
    private <T> T explained(Role role, Use<T> use) {
        try {
            return use.get();
        } catch (JournalDatabaseException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            Optional<SQLException> error = PostgresErrors.sqlError(e);
            if (error.isEmpty() && e instanceof RuntimeException unknown) {
                throw unknown;
            }
            String why = error.map(known -> PostgresErrors.meaning(known, role.setting(), role.user()))
                    .orElseGet(() -> "cannot be opened: " + e.getMessage());
            throw new JournalDatabaseException(this + " " + why, e);
        }
    }

    @Override
    public String toString() {
        return "the journal database " + name;
    }
}
