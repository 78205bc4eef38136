package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditArchiveOnPostgresTest extends AuditArchiveContract {
    private static final String REMOVING = "state = 'active' AND query LIKE 'DELETE FROM suggestion_text%'";
    private static final String GUARDS_OFF =
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'audit_event_never_shrinks' AND tgenabled <> 'O'";

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }

    @Override
    void fillTheDisk() {
        testDatabase.tamper(
                "CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$",
                "CREATE TRIGGER no_row_of_an_operator BEFORE INSERT ON audit_event FOR EACH ROW"
                        + " WHEN (NEW.event = 'archived') EXECUTE FUNCTION disk_full()");
    }

    @Override
    void takeTheGuardOff() {
        testDatabase.tamper("ALTER TABLE audit_event DISABLE TRIGGER audit_event_never_shrinks");
    }

    /** Another test gets these tables. */
    @AfterEach
    void mend() {
        testDatabase.tamper(
                "ALTER TABLE audit_event ENABLE TRIGGER audit_event_never_shrinks",
                "DROP FUNCTION IF EXISTS disk_full() CASCADE");
    }

    @Test
    void aPartitionWithoutItsGuardIsNotTouchedEither() {
        testDatabase.tamper("ALTER TABLE audit_event_rest DISABLE TRIGGER audit_event_never_shrinks");

        assertThatThrownBy(() -> archive(LATER, true))
                .hasMessageContaining("the trigger audit_event_never_shrinks is missing: somebody has taken it off");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM audit_event",
                "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash)"
                        + " VALUES ('x', 1, '2026', 'x', '{}', repeat('0', 64), 'x')"
            })
    void whileTheGuardIsAsideNobodyElseCanWrite(String write) throws Exception {
        try (Connection other = testDatabase.connect()) {
            CompletableFuture<AuditArchive.Result> archive = inTheMiddle(other);

            assertThat(testDatabase.query(GUARDS_OFF)).isEqualTo("0");
            assertThatThrownBy(() -> testDatabase.tamper("SET lock_timeout = '200ms'; " + write))
                    .hasMessageContaining("lock timeout");
            assertThat(seqs()).isEqualTo("1,2,3,4,5,6,7,8,9,10,11,12,13,14");

            other.rollback();
            assertThat(archive.join().rows()).isEqualTo(12);
        }
        assertThat(testDatabase.query(GUARDS_OFF)).isEqualTo("0");
        assertThat(StoredLog.verify(database).findings()).isEmpty();
    }

    @Test
    void whoeverIsKilledInTheMiddleHasRemovedNothing() throws Exception {
        try (Connection other = testDatabase.connect()) {
            CompletableFuture<AuditArchive.Result> archive = inTheMiddle(other);

            testDatabase.tamper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + REMOVING);

            assertThatThrownBy(archive::join).isInstanceOf(CompletionException.class);
            other.rollback();
        }
        assertNothingHappened();
    }

    @Test
    void theApplicationGoesOnBehindIt() {
        archive(LATER, true);
        JournalRow last = new JdbcJournalReader(database)
                .after(StoredLog.NODE, 13, Set.of(), 1)
                .get(0);
        JournalRow next = HashChain.next(
                ChainHead.of(last),
                StoredLog.NODE,
                LATER,
                JournalEntry.of(JournalEvent.CONFIGURED).withDetails(Map.of()),
                AuditLog.KEY);

        try (var application = testDatabase.open()) {
            new JdbcStore(application).write(new JournalBatch(List.of(next), List.of()));
        }

        assertThat(seqs()).isEqualTo("13,14,15");
        assertThat(StoredLog.verify(database).findings()).isEmpty();
    }

    /** Somebody else holds the table of texts: the guard of the log is aside by then, and nothing is deleted yet. */
    private CompletableFuture<AuditArchive.Result> inTheMiddle(Connection other) throws SQLException {
        other.setAutoCommit(false);
        try (Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLE suggestion_text IN SHARE MODE");
        }
        CompletableFuture<AuditArchive.Result> archive = CompletableFuture.supplyAsync(() -> archive(LATER, true));
        await().until(() -> testDatabase
                .query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND " + REMOVING)
                .equals("1"));
        return archive;
    }
}
