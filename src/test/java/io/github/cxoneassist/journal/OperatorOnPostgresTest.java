package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As whom commands read and tidy a database on a server, and what they say where they cannot. */
class OperatorOnPostgresTest {
    private TestDatabase testDatabase;
    private DatabaseSettings settings;
    private String name;

    @BeforeEach
    void open() {
        testDatabase = TestDatabase.postgresEmptied();
        settings = testDatabase.settings();
        name = "the journal database " + settings.url().substring("jdbc:".length());
    }

    @AfterEach
    void close() {
        testDatabase.close();
    }

    @Test
    void whoTidiesIsTheOwner() {
        try (HikariDataSource database = JournalDatabase.openToTidy(testDatabase.operator())) {
            assertThat(SqliteDatabases.query(database, "SELECT current_user")).isEqualTo(PostgresCluster.OWNER);
        }
    }

    @Test
    void withoutTheOwnerTheOperatorIsToldWhatIsMissing() {
        assertRefused(settings)
                .hasMessage(name + ": the role cxone_assist does not own the tables, and nobody else may change what is"
                        + " kept: name the role that does in cxone.database-migrate-user, and its password in"
                        + " cxone.database-migrate-password");
    }

    @Test
    void theOwnersOwnNameIsEnough() {
        DatabaseSettings owner =
                new DatabaseSettings(settings.url(), PostgresCluster.OWNER, PostgresCluster.OWNER_PASSWORD);

        JournalDatabase.openToTidy(owner).close();
        JournalLock.take(owner, "main.operator").close();
    }

    @Test
    void theApplicationsRoleIsNotAskedForWhereTheOwnerIs() {
        DatabaseSettings onlyOwner =
                new DatabaseSettings(settings.url(), null, null, PostgresCluster.OWNER, PostgresCluster.OWNER_PASSWORD);

        JournalDatabase.openToTidy(onlyOwner).close();
        JournalLock.take(onlyOwner, "main.operator").close();
    }

    @Test
    void aWrongPasswordOfTheOwnerIsToldToBeTheOwners() {
        assertRefused(new DatabaseSettings(
                        settings.url(), settings.user(), settings.password(), PostgresCluster.OWNER, "s3cret"))
                .hasMessageStartingWith(name + " refuses the user \"cxone_assist_owner\": check"
                        + " cxone.database-migrate-user and its password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void noCommandMakesTables() {
        DatabaseSettings empty = TestDatabase.sharedServer().emptyDatabase();
        try {
            String remedy =
                    " has no tables of this program yet: start the program once with cxone.database-migrate-user,"
                            + " the role that owns the tables, and cxone.database-migrate-password";
            assertRefused(empty).hasMessageEndingWith(remedy);
            assertThatThrownBy(() -> JournalDatabase.openToRead(empty)).hasMessageEndingWith(remedy);
        } finally {
            TestDatabase.sharedServer().drop(empty);
        }
    }

    @Test
    void tablesOfAnOlderVersionAreNotBroughtUpToDateByACommand() {
        TestDatabase older = TestDatabase.postgres();
        try {
            older.tamper("DELETE FROM flyway_schema_history WHERE version > '1'");
            String remedy =
                    ".* has a schema of version 1, and this program needs version \\d+: start the program once with"
                            + " cxone.database-migrate-user, the role that owns the tables, and"
                            + " cxone.database-migrate-password";
            assertRefused(older.operator()).hasMessageMatching(remedy);
            assertThatThrownBy(() -> JournalDatabase.openToRead(older.settings()))
                    .hasMessageMatching(remedy);
        } finally {
            older.close();
        }
    }

    @Test
    void whoReadsCannotWrite() {
        try (HikariDataSource reader = JournalDatabase.openToRead(testDatabase.operator())) {
            assertThatThrownBy(() -> SqliteDatabases.execute(
                            reader, "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('crm', 'main', 1)"))
                    .hasMessageContaining("cannot execute INSERT in a read-only transaction");
        }
    }

    @Test
    void anAuditorNeedsNoMoreThanWhatIsGrantedToHimAndReadsNoSecret() throws IOException {
        try (HikariDataSource application = testDatabase.open()) {
            StoredLog.store(application, 12, 4);
        }
        String auditor = "auditor_" + System.nanoTime();
        testDatabase.tamper(
                "CREATE ROLE " + auditor + " LOGIN PASSWORD 'x'",
                "GRANT CONNECT ON DATABASE " + settings.url().replaceFirst(".*/", "") + " TO " + auditor,
                grantsOfTheAuditor().replace(" auditor;", " " + auditor + ";"));
        try (HikariDataSource reader = JournalDatabase.openToRead(new DatabaseSettings(settings.url(), auditor, "x"))) {
            assertThat(StoredLog.verify(reader).findings()).isEmpty();
            assertThat(new LegalHolds(reader, null, StoredLog.clock()).all()).isEmpty();
            assertThatThrownBy(() -> SqliteDatabases.query(reader, "SELECT secret FROM webhook_subscriber"))
                    .hasStackTraceContaining("permission denied for table webhook_subscriber");
        } finally {
            testDatabase.tamper("DROP OWNED BY " + auditor, "DROP ROLE " + auditor);
        }
    }

    /** As a DBA reads them. */
    private static String grantsOfTheAuditor() throws IOException {
        return Files.readAllLines(Path.of("config/postgresql/roles.sql")).stream()
                .filter(line -> line.matches("--   GRANT SELECT .* TO auditor;"))
                .map(line -> line.substring(2))
                .collect(Collectors.joining());
    }

    @Test
    void anotherCommandIsToldToBeAtWork() {
        try (JournalLock lock = JournalLock.take(testDatabase.operator(), "main.operator")) {
            lock.require();
            assertThatThrownBy(() -> JournalLock.take(testDatabase.operator(), "main.operator"))
                    .isInstanceOf(JournalDatabaseException.class)
                    .hasMessage("another command works on " + name + ": wait until it has ended");
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(DatabaseSettings wrong) {
        return assertThatThrownBy(() -> JournalDatabase.openToTidy(wrong)).isInstanceOf(JournalDatabaseException.class);
    }
}
