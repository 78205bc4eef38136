package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Opens the journal's database and brings its tables up to date. */
public final class JournalDatabase {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    private JournalDatabase() {}

    /**
     * A pool on the database, its tables as this version needs them. The caller closes it.
     *
     * @throws JournalDatabaseException with what to do, in words for an operator
     */
    public static HikariDataSource open(DatabaseSettings settings) {
        return open(settings, BUSY_TIMEOUT);
    }

    /**
     * A pool that only reads, beside whoever writes. The tables have to be there, as this version needs them.
     *
     * @throws JournalDatabaseException with what to do, in words for an operator
     */
    public static HikariDataSource openToRead(DatabaseSettings settings) {
        if (!settings.url().startsWith(SqliteFile.PREFIX)) {
            throw unsupported(settings);
        }
        SqliteFile file = SqliteFile.of(settings.url());
        DataSource database = file.readOnlyDataSource(BUSY_TIMEOUT);
        try {
            file.checkReadable(database);
            HikariConfig config = new HikariConfig();
            config.setPoolName("cxone-assist-reader");
            config.setDataSource(database);
            config.setMaximumPoolSize(2);
            config.setReadOnly(true);
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw file.explain(e);
        }
    }

    static HikariDataSource open(DatabaseSettings settings, Duration busyTimeout) {
        if (!settings.url().startsWith(SqliteFile.PREFIX)) {
            throw unsupported(settings);
        }
        SqliteFile file = SqliteFile.of(settings.url());
        file.createFolder();
        DataSource database = file.dataSource(busyTimeout);
        try {
            // Before Flyway, which would wrap what SQLite says in a page of its own
            file.check(database);
            migrate(file, database);
            return pool(database);
        } catch (RuntimeException e) {
            throw file.explain(e);
        }
    }

    private static JournalDatabaseException unsupported(DatabaseSettings settings) {
        return new JournalDatabaseException("a journal database \"" + kind(settings.url())
                + "\" is not supported: this version keeps its journal in SQLite only,"
                + " so the URL has to start with " + SqliteFile.PREFIX);
    }

    private static void migrate(SqliteFile file, DataSource database) {
        // Our own loader: the context class loader of the thread that opens the database need not see our migrations
        Flyway flyway = Flyway.configure(JournalDatabase.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(database)
                .locations("classpath:db/migration/sqlite")
                .failOnMissingLocations(true)
                .load();
        newerThanThisProgram(flyway).ifPresent(version -> {
            throw new JournalDatabaseException(file + " was written by a newer version of this program (its schema is "
                    + version + "): use that version, or another file");
        });
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw SqliteFile.sqliteError(e).isPresent()
                    ? e
                    : new JournalDatabaseException(file + " cannot be used as a journal: " + e.getMessage(), e);
        }
    }

    /** Flyway itself only warns of it, and would go on to write rows which the newer version may not expect. */
    private static Optional<String> newerThanThisProgram(Flyway flyway) {
        return Arrays.stream(flyway.info().applied())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .map(String::valueOf)
                .reduce((earlier, later) -> later);
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

    /** Scheme and database only: the rest of a URL may hold a password. */
    private static String kind(String url) {
        String[] parts = url.split(":", 3);
        return parts.length > 2 ? parts[0] + ":" + parts[1] : parts[0];
    }
}
