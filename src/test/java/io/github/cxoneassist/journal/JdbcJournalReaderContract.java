package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The reader on one kind of database. */
abstract class JdbcJournalReaderContract {
    abstract TestDatabase newDatabase();

    private final List<JournalRow> rows = Chains.of(
            "node-1",
            JournalEntry.of(JournalEvent.INJECTED, "interaction-1", "s-1"),
            JournalEntry.of(JournalEvent.ACCEPTED, "interaction-1", "s-1"),
            JournalEntry.of(JournalEvent.INJECTED, "interaction-1", "s-2"),
            JournalEntry.of(JournalEvent.DISMISSED, "interaction-1", "s-2"));

    private TestDatabase testDatabase;
    private HikariDataSource database;
    private JournalReader reader;

    @BeforeEach
    void open() {
        testDatabase = newDatabase();
        database = testDatabase.open();
        reader = new JdbcJournalReader(database);
        new JdbcStore(database).write(new JournalBatch(rows, List.of()));
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void rowsAreReadAfterANumber() {
        assertThat(reader.after("node-1", 2, Set.of(), 10)).isEqualTo(rows.subList(2, 4));
        assertThat(reader.after("node-1", 4, Set.of(), 10)).isEmpty();
    }

    @Test
    void noMoreRowsAreReadThanAsked() {
        assertThat(reader.after("node-1", 0, Set.of(), 2)).isEqualTo(rows.subList(0, 2));
    }

    @Test
    void rowsAreReadByEvent() {
        assertThat(reader.after("node-1", 0, Set.of(JournalEvent.ACCEPTED, JournalEvent.DISMISSED), 10))
                .containsExactly(rows.get(1), rows.get(3));
        assertThat(reader.after("node-1", 0, Set.of(JournalEvent.EXPIRED), 10)).isEmpty();
    }

    @Test
    void aNameIsAValueAndNeverSql() {
        assertThat(reader.after("' OR '1'='1", 0, Set.of(), 10)).isEmpty();
    }

    @Test
    void allRowsAreReadPageByPage() {
        JournalEntry[] more = new JournalEntry[2_500];
        Arrays.fill(more, JournalEntry.of(JournalEvent.CONNECTED));
        List<JournalRow> tail = Chains.after(reader.head("node-1"), "node-1", more);
        new JdbcStore(database).write(new JournalBatch(tail, List.of()));

        assertThat(ChainVerifier.verify(reader.rows("node-1")))
                .isEqualTo(new Verification.Intact(2_504, ChainHead.of(tail.get(2_499))));
    }

    @Test
    void aChangedRowOnDiskIsLocated() {
        testDatabase.tamper("UPDATE audit_event SET reason = 'none' WHERE seq = 3");

        assertThat(ChainVerifier.verify(reader.rows("node-1")))
                .isEqualTo(new Verification.Broken(3, "row 3 was changed: its hash is not that of its fields"));
    }

    @Test
    void aDateOnDiskThatNoJournalWritesIsLocated() {
        testDatabase.tamper("UPDATE audit_event SET at = '2026-11-22T09:00:00.125456+01:00' WHERE seq = 3");

        assertThat(ChainVerifier.verify(reader.rows("node-1")))
                .isEqualTo(new Verification.Broken(
                        3, "row 3 of node node-1 was changed: not in UTC with six digits of a second"));
    }

    @Test
    void anEarlierChangeIsReportedBeforeAnUnreadableRow() {
        testDatabase.tamper("UPDATE audit_event SET at = 'never' WHERE seq = 4");
        testDatabase.tamper("UPDATE audit_event SET event = 'dismissed' WHERE seq = 2");

        assertThat(ChainVerifier.verify(reader.rows("node-1")))
                .isEqualTo(new Verification.Broken(2, "row 2 was changed: its hash is not that of its fields"));
    }

    @Test
    void aRemovedRowOnDiskIsLocated() {
        testDatabase.tamper("DELETE FROM audit_event WHERE seq = 2");

        assertThat(ChainVerifier.verify(reader.rows("node-1")))
                .isEqualTo(new Verification.Broken(2, "row 2 is missing: row 3 stands in its place"));
    }

    @Test
    void aDatabaseThatIsGoneIsAJournalException() {
        database.close();

        assertThatThrownBy(() -> reader.head("node-1"))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("the journal could not be read: ");
    }
}
