package io.github.cxoneassist.journal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;

/** The tables of one kind of database, version by version. */
final class Migrations {
    private final Flyway flyway;
    private final String database;

    /**
     * @param database what the database is called in messages
     * @param folder of {@code db/migration}
     * @param placeholders what the scripts leave open
     */
    Migrations(DataSource dataSource, String database, String folder, Map<String, String> placeholders) {
        this.database = database;
        // Our own loader: the context class loader of the thread that opens the database need not see our migrations
        this.flyway = Flyway.configure(Migrations.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(dataSource)
                .locations("classpath:db/migration/" + folder)
                .failOnMissingLocations(true)
                .placeholders(placeholders)
                .load();
    }

    /**
     * Brings the tables up to date.
     *
     * @throws JournalDatabaseException if they are newer than this program
     * @throws FlywayException if they could not be
     */
    void migrate() {
        refuseNewer(flyway.info());
        flyway.migrate();
    }

    /**
     * Changes nothing.
     *
     * @param remedy what to do where they are older
     * @throws JournalDatabaseException if the tables are not those of this version
     */
    void check(String remedy) {
        MigrationInfoService info = flyway.info();
        refuseNewer(info);
        Optional<MigrationVersion> needed = Arrays.stream(info.pending())
                .map(MigrationInfo::getVersion)
                // what has no version is run again whenever it changes, and is checked by what it does
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
        if (needed.isPresent()) {
            String what = info.applied().length == 0
                    ? "has no tables of this program yet"
                    : "has a schema of version " + info.current().getVersion() + ", and this program needs version "
                            + needed.get();
            throw new JournalDatabaseException(database + " " + what + ": " + remedy);
        }
    }

    private void refuseNewer(MigrationInfoService info) {
        newerThanThisProgram(info).ifPresent(version -> {
            throw new JournalDatabaseException(
                    database + " was written by a newer version of this program (its schema is " + version
                            + "): use that version, or another database");
        });
    }

    /** Flyway itself only warns of it, and would go on to write rows which the newer version may not expect. */
    private Optional<String> newerThanThisProgram(MigrationInfoService info) {
        return Arrays.stream(info.applied())
                .filter(migration -> migration.getState().isApplied()
                        && !migration.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .map(String::valueOf)
                .reduce((earlier, later) -> later);
    }
}
