package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who makes the tables, and what a start says where it cannot work with what it finds. */
class PostgresMigrationTest extends PostgresDatabaseFixture {

    @Test
    void theOwnerMakesTheTablesAndTheApplicationWritesThem() {
        List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"));

        try (HikariDataSource database = JournalDatabase.open(settings)) {
            new JdbcStore(database).write(new JournalBatch(rows, List.of()));
        }

        try (HikariDataSource database = JournalDatabase.open(appOnly)) {
            assertThat(new JdbcJournalReader(database).rows("node-1"))
                    .toIterable()
                    .isEqualTo(rows);
            assertThat(SqliteDatabases.query(
                            database, "SELECT tableowner FROM pg_tables WHERE tablename = 'audit_event'"))
                    .isEqualTo(PostgresCluster.OWNER);
            assertThat(SqliteDatabases.query(database, "SELECT current_user")).isEqualTo(PostgresCluster.APP);
        }
    }

    @Test
    void withoutTheOwnerNothingIsMadeAndTheOperatorIsToldHow() {
        assertRefused(
                appOnly,
                " has no tables of this program yet: start the program once with cxone.database-migrate-user, the role"
                        + " that owns the tables, and cxone.database-migrate-password");
        assertThat(query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
    }

    @Test
    void anOlderSchemaIsNotChangedWithoutTheOwner() {
        JournalDatabase.open(settings).close();
        server.execute(settings, "DELETE FROM flyway_schema_history WHERE version = '1'");
        server.execute(
                settings,
                "INSERT INTO flyway_schema_history SELECT 1, '0.9', 'the past', 'SQL', 'V0_9__the_past.sql', 1,"
                        + " 'x', now(), 1, true");

        // what it has is not known any more, so it is told before what it lacks
        assertRefused(
                appOnly,
                " was written by a newer version of this program (its schema is 0.9): use that version, or another"
                        + " database");
    }

    @Test
    void aSchemaThatIsNewerThanThisProgramIsRefused() {
        JournalDatabase.open(settings).close();
        server.execute(
                settings,
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'the future', type, 'V99__the_future.sql', 1,"
                        + " installed_by, installed_on, 1, true FROM flyway_schema_history WHERE version = '1'");

        assertRefused(
                appOnly,
                " was written by a newer version of this program (its schema is 99): use that version, or another"
                        + " database");
        assertRefused(
                settings,
                " was written by a newer version of this program (its schema is 99): use that version, or another"
                        + " database");
    }

    @Test
    void aMissingRightIsNamed() {
        JournalDatabase.open(settings).close();
        server.execute(settings, "REVOKE INSERT ON audit_event, suggestion_text FROM " + PostgresCluster.APP);

        assertRefused(
                appOnly,
                ": the role cxone_assist has no right to INSERT on audit_event, INSERT on suggestion_text: start the"
                        + " program once with cxone.database-migrate-user, which grants it");
    }

    @Test
    void anotherRoleOfTheApplicationGetsItsRightsFromTheNextMigration() {
        JournalDatabase.open(settings).close();
        String other = "other \"role\" " + settings.url().length() + System.nanoTime();
        String quoted = "\"" + other.replace("\"", "\"\"") + "\"";
        server.execute(settings, "CREATE ROLE " + quoted + " LOGIN PASSWORD 'x'");
        try {
            server.execute(settings, "GRANT CONNECT ON DATABASE " + database() + " TO " + quoted);
            DatabaseSettings others = new DatabaseSettings(
                    settings.url(), other, "x", PostgresCluster.OWNER, PostgresCluster.OWNER_PASSWORD);

            try (HikariDataSource database = JournalDatabase.open(others)) {
                new JdbcStore(database).write(new JournalBatch(Chains.of("node-1", Chains.injected("s-1")), List.of()));
                assertThat(SqliteDatabases.query(database, "SELECT current_user"))
                        .isEqualTo(other);
            }
        } finally {
            server.execute(settings, "DROP OWNED BY " + quoted);
            server.execute(settings, "DROP ROLE " + quoted);
        }
    }

    @Test
    void tablesOfSomebodyElseAreNotTouched() {
        server.execute(settings, "CREATE TABLE invoices (id INTEGER)");

        assertThatThrownBy(() -> JournalDatabase.open(settings))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageStartingWith(name + " could not be brought up to date by the role cxone_assist_owner: ");
        assertThat(query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("1");
    }

    @Test
    void itMayHaveASchemaOfItsOwnInADatabaseOfOthers() {
        server.execute(settings, "CREATE TABLE invoices (id INTEGER)");
        server.execute(settings, "CREATE SCHEMA \"Own One\" AUTHORIZATION " + PostgresCluster.OWNER);
        server.execute(settings, "GRANT USAGE ON SCHEMA \"Own One\" TO " + PostgresCluster.APP);
        DatabaseSettings own = new DatabaseSettings(
                settings.url() + "?currentSchema=%22Own%20One%22",
                settings.user(),
                settings.password(),
                settings.migrateUser(),
                settings.migratePassword());
        List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"));

        try (HikariDataSource database = JournalDatabase.open(own)) {
            new JdbcStore(database)
                    .write(new JournalBatch(rows, List.of(new SuggestionText("node-1", 1, "interaction-1", "text"))));
            assertThat(new JdbcJournalReader(database).head("node-1")).isEqualTo(ChainHead.of(rows.get(0)));
        }
        assertThat(query("SELECT count(*) FROM \"Own One\".audit_event")).isEqualTo("1");
    }

    @Test
    void theMigrationsAreFoundWhateverTheContextClassLoaderIs() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            thread.setContextClassLoader(empty);
            try (HikariDataSource database = JournalDatabase.open(settings)) {
                assertThat(SqliteDatabases.query(database, "SELECT count(*) FROM audit_event"))
                        .isEqualTo("0");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
