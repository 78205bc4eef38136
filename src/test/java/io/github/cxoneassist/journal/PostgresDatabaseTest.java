package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a start makes of a database on a server, and what it tells the operator. */
class PostgresDatabaseTest {
    private final PostgresCluster server = TestDatabase.sharedServer();
    private DatabaseSettings settings;
    private DatabaseSettings appOnly;
    private String name;

    @BeforeEach
    void create() {
        settings = server.emptyDatabase();
        appOnly = new DatabaseSettings(settings.url(), settings.user(), settings.password());
        name = "the journal database " + settings.url().substring("jdbc:".length());
    }

    @AfterEach
    void drop() {
        server.drop(settings);
    }

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
    void aWrongPasswordIsToldWithoutIt() {
        assertThatThrownBy(() -> JournalDatabase.open(new DatabaseSettings(settings.url(), "cxone_assist", "s3cret")))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessage(name + " refuses the user \"cxone_assist\": check cxone.database-user and its password (the"
                        + " server says: FATAL: password authentication failed for user \"cxone_assist\")");
    }

    @Test
    void aWrongPasswordOfTheOwnerIsToldToBeTheOwners() {
        DatabaseSettings wrong = new DatabaseSettings(
                settings.url(), settings.user(), settings.password(), PostgresCluster.OWNER, "s3cret");

        assertThatThrownBy(() -> JournalDatabase.open(wrong))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageStartingWith(name + " refuses the user \"cxone_assist_owner\": check"
                        + " cxone.database-migrate-user and its password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aServerThatIsAwayIsToldToBe() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> JournalDatabase.open(new DatabaseSettings(
                        "jdbc:postgresql://localhost:" + port + "/assist?password=s3cret", "me", null)))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessageStartingWith("the journal database postgresql://localhost:" + port
                        + "/assist cannot be reached: check that the server runs, and host and port in the URL (")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aDatabaseThatDoesNotExistIsToldToBeMissing() {
        assertThatThrownBy(() -> JournalDatabase.open(
                        new DatabaseSettings(settings.url() + "_x", PostgresCluster.APP, PostgresCluster.APP_PASSWORD)))
                .isInstanceOf(JournalDatabaseException.class)
                .hasMessage(name + "_x does not exist on that server: make it, or name another");
    }

    @Test
    void aUserInTheUrlIsRefusedWithoutQuotingIt() {
        assertRefused(() ->
                        JournalDatabase.open(new DatabaseSettings("jdbc:postgresql://me:s3cret@db/assist", null, null)))
                .hasMessage("the URL of the journal database holds a user: name it in cxone.database-user, the password"
                        + " in cxone.database-password, and the host alone in the URL");
    }

    @Test
    void aDatabaseThatCannotHoldEveryTextIsRefused() {
        String latin = "latin_" + System.nanoTime();
        server.execute(
                settings,
                "CREATE DATABASE " + latin + " OWNER " + PostgresCluster.OWNER
                        + " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        DatabaseSettings wrong = new DatabaseSettings(
                settings.url().replace(database(), latin), PostgresCluster.APP, PostgresCluster.APP_PASSWORD);
        try {
            assertRefused(() -> JournalDatabase.open(wrong))
                    .hasMessageEndingWith(
                            latin
                                    + " has the encoding LATIN1, which does not hold every text: make one with ENCODING 'UTF8'");
        } finally {
            server.drop(wrong);
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
    void aCommitIsOnDiskWhenItReturnsWhateverTheServersDefaultIs() {
        try (HikariDataSource database = JournalDatabase.open(settings)) {
            assertThat(SqliteDatabases.query(database, "SHOW synchronous_commit"))
                    .isEqualTo("on");
        }
        assertThat(query("SHOW synchronous_commit")).isEqualTo("off");
    }

    @Test
    void aLockIsWaitedForAndADeadMachineOfOursIsNoticed() {
        try (HikariDataSource database = JournalDatabase.open(settings)) {
            assertThat(SqliteDatabases.query(database, "SHOW lock_timeout")).isEqualTo("5s");
            assertThat(SqliteDatabases.query(database, "SHOW idle_in_transaction_session_timeout"))
                    .isEqualTo("1min");
            assertThat(SqliteDatabases.query(database, "SHOW tcp_keepalives_idle"))
                    .isEqualTo("10");
        }
    }

    @Test
    void aTableThatSomebodyLocksFailsAWriteInsteadOfHoldingItForEver() throws Exception {
        JournalDatabase.open(settings).close();
        try (HikariDataSource database = JournalDatabase.open(appOnly, Duration.ofMillis(300));
                Connection other = server.superuser(settings);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE");
            JournalBatch batch = new JournalBatch(Chains.of("node-1", Chains.injected("s-1")), List.of());

            assertThatThrownBy(() -> new JdbcStore(database).write(batch)).hasMessageContaining("lock timeout");

            other.rollback();
            assertThatCode(() -> new JdbcStore(database).write(batch)).doesNotThrowAnyException();
        }
    }

    @Test
    void partitionsAreMadeAheadByTheApplicationItself() {
        JournalDatabase.open(settings).close();
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        assertThat(partitions()).isEqualTo("14");
        server.execute(settings, "DROP TABLE " + partition(now.plusMonths(3)));

        JournalDatabase.open(appOnly).close();

        assertThat(partitions()).isEqualTo("14");
        assertThat(query("SELECT count(*) FROM " + partition(now.plusMonths(3))))
                .isEqualTo("0");
        assertThat(query("SELECT count(*) FROM " + partition(now.plusMonths(12))))
                .isEqualTo("0");
    }

    @Test
    void aMonthWithoutAPartitionIsKeptAllTheSame() {
        JournalDatabase.open(settings).close();
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        server.execute(settings, "DROP TABLE " + partition(now));
        try (HikariDataSource database = JournalDatabase.open(appOnly)) {
            assertThat(partitions()).isEqualTo("14");
        }
        server.execute(settings, "DROP TABLE " + partition(now));
        server.execute(
                settings,
                "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash) VALUES ('node-1', 1, '" + now
                        + "-01T00:00:00.000000Z', 'connected', '{}', repeat('0', 64), 'x')");

        try (HikariDataSource database = JournalDatabase.open(appOnly)) {
            assertThat(partitions()).isEqualTo("13");
            assertThat(SqliteDatabases.query(database, "SELECT count(*) FROM audit_event"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00.123456Z, audit_event_2026_11",
        "2026-11-30T23:59:59.999999Z, audit_event_2026_11",
        "2026-12-01T00:00:00.000000Z, audit_event_2026_12",
        "2019-12-31T23:59:59.999999Z, audit_event_rest",
        "never, audit_event_rest"
    })
    void aRowStandsInThePartitionOfItsMonth(String at, String partition) {
        JournalDatabase.open(settings).close();
        server.execute(
                settings,
                "CREATE TABLE IF NOT EXISTS audit_event_2026_11 PARTITION OF audit_event FOR VALUES FROM ('2026-11') TO"
                        + " ('2026-12')");
        server.execute(
                settings,
                "CREATE TABLE IF NOT EXISTS audit_event_2026_12 PARTITION OF audit_event FOR VALUES FROM ('2026-12') TO"
                        + " ('2027-01')");

        server.execute(
                settings,
                "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash) VALUES ('node-1', 1, '" + at
                        + "', 'connected', '{}', repeat('0', 64), 'x')");

        assertThat(query("SELECT tableoid::regclass::text FROM audit_event")).isEqualTo(partition);
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

    private void assertRefused(DatabaseSettings wrong, String message) {
        assertRefused(() -> JournalDatabase.open(wrong)).hasMessage(name + message);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            ThrowingCallable open) {
        return assertThatThrownBy(open).isInstanceOf(JournalDatabaseException.class);
    }

    private String partitions() {
        return query("SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_event'::regclass");
    }

    private static String partition(YearMonth month) {
        return "audit_event_" + month.toString().replace('-', '_');
    }

    private String database() {
        return settings.url().substring(settings.url().lastIndexOf('/') + 1);
    }

    private String query(String sql) {
        try (Connection connection = server.superuser(settings);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
