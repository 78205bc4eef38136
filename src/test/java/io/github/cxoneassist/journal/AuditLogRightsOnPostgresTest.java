package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What neither the application's role nor an honest administrator can do to the audit log. */
class AuditLogRightsOnPostgresTest {
    private final PostgresCluster server = TestDatabase.sharedServer();
    private final List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"), Chains.injected("s-2"));

    private TestDatabase testDatabase;
    private HikariDataSource application;

    @BeforeEach
    void open() {
        testDatabase = TestDatabase.postgres();
        application = testDatabase.open();
        new JdbcStore(application)
                .write(new JournalBatch(
                        rows, List.of(new SuggestionText("node-1", 1, "interaction-1", "Text of s-1"))));
    }

    @AfterEach
    void close() {
        application.close();
        testDatabase.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET reason = 'x'",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event",
                "UPDATE audit_event_2026_11 SET reason = 'x'",
                "DELETE FROM audit_event_rest",
                "INSERT INTO audit_event_rest (node, seq, at, event, details, prev_hash, hash)"
                        + " VALUES ('x', 1, '', '', '', repeat('0', 64), '')",
                "DELETE FROM suggestion_text",
                "UPDATE suggestion_text SET content = 'x'",
                "UPDATE audit_head SET seq = 0",
                "INSERT INTO audit_head VALUES ('x', 1, 'x')",
                "DELETE FROM audit_checkpoint",
                "DELETE FROM audit_anchored",
                "INSERT INTO legal_hold VALUES ('x', '', '')",
                "DELETE FROM legal_hold",
                "DELETE FROM flyway_schema_history"
            })
    void theApplicationHasNoRightTo(String sql) {
        server.execute(testDatabase.settings(), "SELECT audit_partitions_ahead(0)");
        assertThatThrownBy(() -> SqliteDatabases.execute(application, sql)).hasMessageContaining("permission denied");
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE audit_event DISABLE TRIGGER ALL",
                "DROP TRIGGER audit_event_never_changes ON audit_event",
                "DROP TABLE audit_event",
                "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'"
            })
    void theApplicationCannotTakeTheGuardsAway(String sql) {
        assertThatThrownBy(() -> SqliteDatabases.execute(application, sql))
                .hasMessageMatching("(?s).*(must be owner of|permission denied).*");
        assertUntouched();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE audit_event SET reason = 'x'           | audit_event is append-only: a row is never changed",
                "UPDATE audit_event SET at = '2001'            | audit_event is append-only: a row is never changed",
                "DELETE FROM audit_event                       | audit_event is append-only: a row is never deleted",
                "DELETE FROM ONLY audit_event_2026_11          | audit_event is append-only: a row is never deleted",
                "UPDATE audit_event_2026_11 SET reason = 'x'   | audit_event is append-only: a row is never changed",
                "TRUNCATE audit_event                          | audit_event is append-only: a row is never deleted",
                "TRUNCATE audit_event_2026_11                  | audit_event is append-only: a row is never deleted",
                "TRUNCATE audit_event_rest                     | audit_event is append-only: a row is never deleted"
            })
    void evenASuperuserIsHeldBackByTheTriggers(String sql, String why) {
        assertThatThrownBy(() -> server.execute(testDatabase.settings(), sql)).hasMessageContaining(why);
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit_checkpoint", "audit_anchored"})
    void checkpointsAreNeverChangedEither(String table) {
        SqliteDatabases.execute(
                application,
                table.equals("audit_anchored")
                        ? "INSERT INTO audit_anchored VALUES ('node-1', 2, '2026')"
                        : "INSERT INTO audit_checkpoint SELECT 'node-1', 2, 1, '2026', h, h, h, h, NULL, NULL"
                                + " FROM repeat('a', 64) h");

        for (String sql : List.of("UPDATE " + table + " SET seq = 3", "DELETE FROM " + table, "TRUNCATE " + table)) {
            assertThatThrownBy(() -> server.execute(testDatabase.settings(), sql))
                    .hasMessageContaining(table + " is append-only: a row is never ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | two      | the same number again",
                "4 | two      | a gap",
                "3 | zero     | another history",
                "1 | genesis  | a second beginning",
                "0 | genesis  | before the beginning"
            })
    void aRowThatDoesNotFollowTheLastOneIsRefused(long seq, String prev, String what) {
        String prevHash =
                prev.equals("two") ? rows.get(1).hash() : prev.equals("zero") ? "f".repeat(64) : "0".repeat(64);

        assertThatThrownBy(() -> insert(row(seq, prevHash, "x")))
                .as(what)
                .hasMessageMatching("(?s).*(does not follow its last row|check constraint).*");
        assertUntouched();
    }

    @Test
    void rowsOfOneStatementFollowEachOther() {
        JournalRow third = row(3, rows.get(1).hash(), "h3");

        assertThatThrownBy(() -> insert(third, row(4, "not h3", "h4"))).hasMessageContaining("does not follow");
        assertThatThrownBy(() -> insert(third, row(5, "h3", "h5"))).hasMessageContaining("does not follow");
        assertUntouched();

        assertThatCode(() -> insert(third, row(4, "h3", "h4"))).doesNotThrowAnyException();
    }

    @Test
    void theFirstRowOfANodeFollowsTheGenesis() {
        JournalRow wrong = Chains.after(
                        new ChainHead(0, "f".repeat(64), Chains.START), "node-2", Chains.injected("s-1"))
                .get(0);

        assertThatThrownBy(() -> insert(wrong)).hasMessageContaining("does not follow its last row");
    }

    @Test
    void aTextWithoutItsRowIsRefusedAtTheCommit() {
        assertThatThrownBy(() -> SqliteDatabases.execute(
                        application, "INSERT INTO suggestion_text VALUES ('node-1', 3, NULL, 'x')"))
                .hasMessageContaining("suggestion_text: there is no row 3 of node node-1");
    }

    @Test
    void theOwnerErasesATextAndTheChainStaysIntact() {
        server.execute(
                testDatabase.settings(),
                "SET ROLE " + PostgresCluster.OWNER
                        + "; DELETE FROM suggestion_text WHERE interaction_id = 'interaction-1'");

        assertThat(SqliteDatabases.texts(application, "node-1")).isEmpty();
        assertThat(ChainVerifier.verify(new JdbcJournalReader(application).rows("node-1")))
                .isEqualTo(new Verification.Intact(2, ChainHead.of(rows.get(1))));
    }

    @Test
    void anotherDatabaseOfTheServerIsClosedToTheApplication() {
        DatabaseSettings other = server.emptyDatabase();
        try {
            server.execute(
                    other,
                    "REVOKE CONNECT ON DATABASE " + other.url().replaceFirst(".*/", "") + " FROM "
                            + PostgresCluster.APP);
            assertThatThrownBy(() -> JournalDatabase.open(other))
                    .hasMessageContaining("cannot be used by the user \"cxone_assist\"");
        } finally {
            server.drop(other);
        }
    }

    private static JournalRow row(long seq, String prevHash, String hash) {
        return new JournalRow(
                "node-1", seq, Chains.START.plusSeconds(1), "injected", null, null, null, "{}", prevHash, hash);
    }

    private void insert(JournalRow... more) {
        new JdbcStore(application).write(new JournalBatch(List.of(more), List.of()));
    }

    private void assertUntouched() {
        assertThat(new JdbcJournalReader(application).after("node-1", 0, Set.of(), 10))
                .isEqualTo(rows);
    }
}
