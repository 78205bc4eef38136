package io.github.cxoneassist.journal;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/**
 * Where a journal can be kept, by its URL: how it is opened, and what is wrong where it cannot be. The SQL of rows is the same in all
 * of them, but for what {@link Dialect} says.
 */
sealed interface Database permits SqliteFile, PostgresServer {

    /** @throws JournalDatabaseException where there is none for the URL */
    static Database of(DatabaseSettings settings) {
        if (settings.url().startsWith(SqliteFile.PREFIX)) {
            return SqliteFile.of(settings.url());
        } else if (settings.url().startsWith(PostgresServer.PREFIX)) {
            return PostgresServer.of(settings);
        }
        throw new JournalDatabaseException(
                "a journal database \"" + kind(settings.url()) + "\" is not supported: the URL has to start with "
                        + SqliteFile.PREFIX + " or " + PostgresServer.PREFIX);
    }

    /**
     * A pool on it, its tables as this version needs them.
     *
     * @param patience how long a lock of somebody else, or a free connection, is waited for
     * @throws JournalDatabaseException with what to do, in words for an operator
     */
    HikariDataSource open(Duration patience);

    /**
     * A pool that only reads, beside whoever writes; makes nothing.
     *
     * @throws JournalDatabaseException with what to do, in words for an operator; also where the tables are not those of this
     *     version
     */
    HikariDataSource openToRead(Duration patience);

    /**
     * A pool that may erase, hold and archive, beside whoever writes; makes nothing.
     *
     * @throws JournalDatabaseException with what to do, in words for an operator; also where these settings give no right to
     */
    HikariDataSource openToTidy(Duration patience);

    /**
     * The right to write the chain of a node.
     *
     * @throws JournalDatabaseException if somebody else has it
     */
    JournalLock lock(String node);

    /** Scheme and database only: the rest of a URL may hold a password. */
    private static String kind(String url) {
        String[] parts = url.split(":", 3);
        return parts.length > 2 ? parts[0] + ":" + parts[1] : parts[0];
    }
}
