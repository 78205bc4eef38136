package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/** The file behind a {@code jdbc:sqlite:} URL, and what SQLite's errors about it mean to an operator. */
final class SqliteFile implements Database {
    static final String PREFIX = "jdbc:sqlite:";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final String url;
    private final Path path;

    private SqliteFile(String url, Path path) {
        this.url = url;
        this.path = path;
    }

    static SqliteFile of(String url) {
        String name = url.substring(PREFIX.length()).replaceFirst("\\?.*", "").replaceFirst("^file:", "");
        // each connection to a database in memory sees one of its own, and none outlives the process
        if (name.isBlank() || name.startsWith(":") || url.contains("mode=memory")) {
            throw new JournalDatabaseException(
                    "a journal needs a file: name one in the URL, as in " + PREFIX + "data/journal.db");
        }
        try {
            return new SqliteFile(url, Path.of(name).toAbsolutePath());
        } catch (InvalidPathException e) {
            throw new JournalDatabaseException("\"" + name + "\" is not the name of a file", e);
        }
    }

    @Override
    public HikariDataSource open(Duration patience) {
        createFolder();
        createFile();
        DataSource database = dataSource(patience);
        try {
            // Before Flyway, which would wrap what SQLite says in a page of its own
            check(database);
            migrate(database);
            return pool(database);
        } catch (RuntimeException e) {
            throw explain(e);
        }
    }

    @Override
    public HikariDataSource openToRead(Duration patience) {
        DataSource database = readOnlyDataSource(patience);
        try {
            checkReadable(database);
            HikariConfig config = new HikariConfig();
            config.setPoolName("cxone-assist-reader");
            config.setDataSource(database);
            config.setMaximumPoolSize(2);
            config.setReadOnly(true);
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw explain(e);
        }
    }

    /** Whoever may write the file may do all. */
    @Override
    public HikariDataSource openToTidy(Duration patience) {
        // a file that is not there, or is of an older version, is not made by a command
        openToRead(patience).close();
        return open(patience);
    }

    @Override
    public JournalLock lock(String node) {
        return FileLock.take(this, node);
    }

    private void migrate(DataSource database) {
        try {
            new Migrations(database, toString(), "sqlite", Map.of()).migrate();
        } catch (FlywayException e) {
            throw sqliteError(e).isPresent()
                    ? e
                    : new JournalDatabaseException(this + " cannot be used as a journal: " + e.getMessage(), e);
        }
    }

    private static HikariDataSource pool(DataSource database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("cxone-assist-journal");
        config.setDataSource(database);
        // SQLite has one writer at a time; the others are readers, which a write-ahead log lets pass
        config.setMaximumPoolSize(4);
        // the text of a suggestion that is erased must not stay behind in the file's free pages
        config.setConnectionInitSql("PRAGMA secure_delete = ON");
        return new HikariDataSource(config);
    }

    Path path() {
        return path;
    }

    Path sibling(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    void createFolder() {
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new JournalDatabaseException(
                    "the folder " + path.getParent() + " for the journal cannot be created: " + e, e);
        }
        if (!Files.isWritable(path.getParent())) {
            throw new JournalDatabaseException("the folder " + path.getParent()
                    + " for the journal is not writable: SQLite writes a log of its own beside the file");
        }
    }

    /**
     * One that is not there yet is made for its owner alone, whatever the process leaves to others: it has what was said in
     * conversations. SQLite gives the files that it makes beside it the same rights.
     */
    private void createFile() {
        if (Files.exists(path) || !supportsRights()) {
            return;
        }
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            // what the process takes away from files of its own is not to be taken away here
            Files.setPosixFilePermissions(path, OWNER_ONLY);
        } catch (FileAlreadyExistsException e) {
            // somebody else was first, and has said whose it is
        } catch (IOException e) {
            // SQLite meets the same, and what it says is explained
        }
    }

    private boolean supportsRights() {
        try {
            return Files.getFileStore(path.getParent()).supportsFileAttributeView(PosixFileAttributeView.class);
        } catch (IOException e) {
            return false;
        }
    }

    /** Not by way of DriverManager, which asks the class loaders of whoever came first for drivers. */
    DataSource dataSource(Duration busyTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // with a write-ahead log any less would lose the last commits when the power fails
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.enforceForeignKeys(true);
        // Not IMMEDIATE: the driver begins within setAutoCommit(false) and with each commit, and where that finds the
        // file locked, the connection goes back to the pool believing in a transaction that it does not have. DEFERRED
        // takes the lock with the first INSERT, whose failure is rolled back like any other. The price: a transaction
        // must not read before it writes, or it is refused at once when another has written in between.
        config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl(url);
        return dataSource;
    }

    /** Opens the file without the right to write to it. */
    private DataSource readOnlyDataSource(Duration busyTimeout) {
        if (!Files.isReadable(path)) {
            throw new JournalDatabaseException(this + " does not exist, or cannot be read");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout((int) busyTimeout.toMillis());
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl(url);
        return dataSource;
    }

    /** Whether it has the tables of this version, by what it needs of them. */
    private void checkReadable(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT count(*) FROM pragma_table_info('webhook_subscriber')" + " WHERE name = 'secret'")) {
            if (!result.next() || result.getInt(1) == 0) {
                throw new JournalDatabaseException(this
                        + " has no audit log of this version: start the application once, which brings it up to date");
            }
        } catch (SQLException e) {
            throw new JournalDatabaseException(this + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Makes SQLite look into the file and take the lock of a writer: opening it alone proves nothing. */
    void check(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
            result.next();
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            throw new JournalDatabaseException(this + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The same failure in words for an operator, where SQLite is at the bottom of it. */
    RuntimeException explain(RuntimeException failure) {
        return sqliteError(failure)
                .<RuntimeException>map(e -> new JournalDatabaseException(this + " " + meaning(e), failure))
                .orElse(failure);
    }

    static Optional<SQLiteException> sqliteError(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException e) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    private String meaning(SQLiteException e) {
        int primary = e.getResultCode().code & 0xff;
        return switch (primary) {
            case 5, 6 -> "is locked by another process: stop the other one, or give this one a file of its own";
            case 26 -> "is not a SQLite database: name another file";
            case 8, 14 -> "cannot be opened for writing: check the rights to it and to its folder";
            case 11 -> "is damaged: restore it from a backup";
            case 10, 13 -> "cannot be written: check the disk and the space on it";
            default -> "cannot be opened: " + e.getMessage();
        };
    }

    @Override
    public String toString() {
        return "the journal database " + path;
    }
}
