package io.github.cxoneassist.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server of our own, with the roles of {@code config/postgresql/roles.sql}, who need their passwords. It can be
 * stopped, killed and started again on its data. Run by root it starts in a user namespace of its own, since a server refuses to
 * be root.
 */
public final class PostgresCluster implements AutoCloseable {
    public static final String OWNER = "cxone_assist_owner";
    public static final String OWNER_PASSWORD = "owner's secret";
    public static final String APP = "cxone_assist";
    public static final String APP_PASSWORD = "app's \"secret\"";

    private static final String SUPERUSER = "postgres";
    private static final String TEMPLATE = "cxone_assist_template";

    private final Path data;
    private final AtomicInteger databases = new AtomicInteger();
    private final EmbeddedPostgres first;
    private EmbeddedPostgres running;
    private boolean templateMade;

    public PostgresCluster(Path data) {
        this.data = data;
        first = start(0);
        createRoles();
    }

    public int port() {
        return first.getPort();
    }

    /** Starts it again, with what it has. */
    public void start() {
        start(port());
    }

    /** As an administrator does it: transactions are broken off, connections closed, all is on disk. */
    public void stop() {
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the kernel does it when memory is short: every process of it at once. */
    public void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all =
                new java.util.ArrayList<>(postmaster.descendants().toList());
        all.add(postmaster);
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
        // lets go of the data folder; that there is nothing left to stop is logged as an error
        Files.delete(data.resolve("postmaster.pid"));
        stop();
    }

    /** With all tables, which the owner made; for the application's role alone. */
    public DatabaseSettings newDatabase() {
        return new DatabaseSettings(url(copy(TEMPLATE)), APP, APP_PASSWORD);
    }

    /** As an administrator leaves it after {@code roles.sql}: without any table. */
    public DatabaseSettings emptyDatabase() {
        String name = "empty_" + databases.incrementAndGet();
        execute("postgres", "CREATE DATABASE " + name + " OWNER " + OWNER + " ENCODING 'UTF8' TEMPLATE template0");
        execute("postgres", "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        execute("postgres", "GRANT CONNECT ON DATABASE " + name + " TO " + APP);
        return settings(name);
    }

    /** With the role that owns the tables too, as an operator has it. */
    public static DatabaseSettings withOwner(DatabaseSettings settings) {
        return new DatabaseSettings(settings.url(), settings.user(), settings.password(), OWNER, OWNER_PASSWORD);
    }

    public void drop(DatabaseSettings settings) {
        execute("postgres", "DROP DATABASE " + name(settings) + " WITH (FORCE)");
    }

    /** A connection that may do anything. */
    public Connection superuser(DatabaseSettings settings) throws SQLException {
        return superuser(name(settings));
    }

    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, "");
    }

    public void execute(DatabaseSettings settings, String sql) {
        execute(name(settings), sql);
    }

    private void execute(String database, String sql) {
        try (Connection connection = superuser(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        delete(data.toFile());
    }

    private synchronized String copy(String template) {
        String name = "journal_" + databases.incrementAndGet();
        if (!templateMade) {
            execute("postgres", "ALTER DATABASE " + APP + " RENAME TO " + template);
            JournalDatabase.open(settings(template)).close();
            templateMade = true;
        }
        execute("postgres", "CREATE DATABASE " + name + " TEMPLATE " + template + " OWNER " + OWNER);
        execute("postgres", "REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
        execute("postgres", "GRANT CONNECT ON DATABASE " + name + " TO " + APP);
        return name;
    }

    private DatabaseSettings settings(String database) {
        return new DatabaseSettings(url(database), APP, APP_PASSWORD, OWNER, OWNER_PASSWORD);
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    private static String name(DatabaseSettings settings) {
        return settings.url().substring(settings.url().lastIndexOf('/') + 1).replaceFirst("\\?.*", "");
    }

    private EmbeddedPostgres start(int port) {
        try {
            running = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    // as a database is that somebody tuned for speed: what is promised to be on disk must be
                    // nevertheless
                    .setServerConfig("synchronous_commit", "off")
                    // a server that is killed loses nothing by it, only a machine whose power fails
                    .setServerConfig("fsync", "off")
                    .setDataDirectoryCustomizer(PostgresCluster::demandPasswords)
                    .start();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void demandPasswords(File data) {
        try {
            Files.writeString(
                    data.toPath().resolve("pg_hba.conf"),
                    "host all " + SUPERUSER + " localhost trust\nhost all all localhost scram-sha-256\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createRoles() {
        try {
            String script = Files.readString(Path.of("config/postgresql/roles.sql"))
                    .replaceAll("(?m)^--.*$", "")
                    .replace(":'owner_password'", "'" + OWNER_PASSWORD.replace("'", "''") + "'")
                    .replace(":'app_password'", "'" + APP_PASSWORD.replace("'", "''") + "'");
            for (String statement : script.split(";")) {
                if (!statement.isBlank()) {
                    execute("postgres", statement);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(File folder) {
        File[] children = folder.listFiles();
        if (children != null) {
            for (File child : children) {
                delete(child);
            }
        }
        folder.delete();
    }
}
