package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

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

    static HikariDataSource open(DatabaseSettings settings, Duration patience) {
        return Database.of(settings).open(patience);
    }
}
