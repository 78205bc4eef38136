package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens the journal's database and brings its tables up to date, or checks that they are. */
public final class JournalDatabase {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private JournalDatabase() {}

    /**
     * A pool on the database, its tables as this version needs them. The caller closes it.
     *
     * @throws JournalDatabaseException with what to do, in words for an operator
     */
    public static HikariDataSource open(DatabaseSettings settings) {
        return open(settings, PATIENCE);
    }

    /**
     * A pool that only reads, beside whoever writes. The tables have to be there, as this version needs them.
     *
     * @throws JournalDatabaseException with what to do, in words for an operator
     */
    public static HikariDataSource openToRead(DatabaseSettings settings) {
        return Database.of(settings).openToRead(PATIENCE);
    }

    /**
     * A pool for what operators do beside whoever writes: erase, hold, archive. The tables have to be there, as this version needs them.
     *
     * @throws JournalDatabaseException with what to do, in words for an operator
     */
    public static HikariDataSource openToTidy(DatabaseSettings settings) {
        return Database.of(settings).openToTidy(PATIENCE);
    }

    /**
     * The file that the database is; empty where it is on a server.
     *
     * @throws JournalDatabaseException where there is none for the URL
     */
    public static Optional<Path> file(String url) {
        return Database.of(new DatabaseSettings(url, null, null)) instanceof SqliteFile sqlite
                ? Optional.of(sqlite.path())
                : Optional.empty();
    }

    static HikariDataSource open(DatabaseSettings settings, Duration patience) {
        return Database.of(settings).open(patience);
    }
}
