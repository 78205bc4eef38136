package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old rows leave into a verified export, all or none, and what stays verifies. */
abstract class AuditArchiveContract {
    static final Instant LATER = StoredLog.clock().instant();

    @TempDir
    Path folder;

    TestDatabase testDatabase;
    HikariDataSource database;
    private JournalReader rows;
    private Path file;

    abstract TestDatabase newDatabase();

    /** So that the row of an operator is refused, with "the disk is full". */
    abstract void fillTheDisk();

    abstract void takeTheGuardOff();

    @BeforeEach
    void write() {
        file = folder.resolve("archive.jsonl");
        open();
        StoredLog.store(database, 14, 4);
    }

    private void open() {
        testDatabase = newDatabase();
        database = testDatabase.openToTidy();
        rows = new JdbcJournalReader(database);
    }

    /** Another one, without a row. */
    private void begin() {
        close();
        open();
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void wholeCheckpointsGoIntoAnExportAndTheRestVerifies() {
        AuditArchive.Result result = archive(Chains.START.plusMillis(9), true);

        assertThat(result.rows()).isEqualTo(8);
        assertThat(result.texts()).isEqualTo(4);
        assertThat(seqs()).isEqualTo("9,10,11,12,13,14");
        assertThat(StoredLog.verify(database).findings()).isEmpty();
        assertThat(new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 10)
                        .verify(file, rows -> {})
                        .findings())
                .isEmpty();
        assertThat(SqliteDatabases.query(database, "SELECT COUNT(*) FROM audit_checkpoint WHERE node = 'main'"))
                .isEqualTo("3");
        // at once: until then nobody would believe the row that says what was archived
        assertThat(SqliteDatabases.query(
                        database, "SELECT first_seq || '-' || seq FROM audit_checkpoint WHERE node = 'main.operator'"))
                .isEqualTo("1-1");
    }

    @Test
    void whatWasArchivedIsOnRecord() throws IOException {
        String first = SqliteDatabases.query(database, "SELECT hash FROM audit_event WHERE seq = 1");

        archive(Chains.START.plusMillis(9), true);

        assertThat(StoredLog.operatorRows(database))
                .containsExactly("archived {\"file\":\"archive.jsonl\",\"firstSeq\":1,\"logId\":\"" + first
                        + "\",\"node\":\"main\",\"rows\":8,\"seq\":8,\"sha256\":\""
                        + Sha256.hex(Files.readAllBytes(file)) + "\",\"texts\":4}");
    }

    @Test
    void theNextArchiveGoesOnWhereThisOneEnded() {
        archive(Chains.START.plusMillis(4), true);
        file = folder.resolve("second.jsonl");

        AuditArchive.Result second = archive(LATER, true);

        assertThat(second.rows()).isEqualTo(8);
        assertThat(seqs()).isEqualTo("13,14");
        assertThat(StoredLog.verify(database).findings()).isEmpty();
    }

    @Test
    void theLogKeepsItsNameThoughItsFirstRowsAreArchived() {
        JournalReader reader = new JdbcJournalReader(database);
        String id = reader.logId(StoredLog.NODE).orElseThrow();

        archive(Chains.START.plusMillis(4), true);
        file = folder.resolve("second.jsonl");
        archive(LATER, true);

        assertThat(reader.logId(StoredLog.NODE)).contains(id);
    }

    @Test
    void theLastRowStaysSinceTheNextOneFollowsIt() {
        begin();
        StoredLog.store(database, 8, 4);

        archive(LATER, true);

        assertThat(seqs()).isEqualTo("5,6,7,8");
    }

    @Test
    void rowsOfWhichNoCheckpointIsOldEnoughStay() {
        assertRefused(
                Chains.START.plusMillis(3),
                "there is nothing to archive: no checkpoint of node main covers only rows from before"
                        + " 2026-11-22T08:00:00.126456Z, and leaves a later one");
    }

    @Test
    void aLegalHoldOnOneOfTheInteractionsStopsIt() {
        StoredLog.holds(database).set("interaction-2", "a lawsuit");

        assertRefused(
                LATER,
                "nothing was archived: interaction interaction-2 is under a legal hold since"
                        + " 2026-11-23T08:00:00.123456Z (a lawsuit)");
    }

    @Test
    void aLegalHoldOnEverythingStopsIt() {
        StoredLog.holds(database).set(LegalHolds.ALL, "an audit");

        assertRefused(
                LATER,
                "nothing was archived: everything is under a legal hold since 2026-11-23T08:00:00.123456Z (an audit)");
    }

    @Test
    void aLegalHoldOnAnInteractionOfLaterRowsDoesNot() {
        StoredLog.holds(database).set("interaction-77", "a lawsuit");

        assertThat(archive(LATER, true).rows()).isEqualTo(12);
    }

    @Test
    void aWebhookSubscriberThatHasNotBeenToldStopsIt() {
        SqliteDatabases.execute(
                database, "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('crm', 'main', 7)");

        assertRefused(LATER, "nothing was archived: the webhook subscriber crm has not been told of all of these rows");
    }

    @Test
    void aWebhookSubscriberThatHasNothingMoreToBeToldOfDoesNot() {
        SqliteDatabases.execute(
                database, "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('crm', 'main', 12)");

        assertThat(archive(LATER, true).rows()).isEqualTo(12);
    }

    @Test
    void aRowThatASubscriberIsToBeToldOfAgainStopsItThoughItsCursorIsFurther() {
        SqliteDatabases.execute(
                database, "INSERT INTO webhook_cursor (subscriber, node, seq) VALUES ('crm', 'main', 20)");
        SqliteDatabases.execute(
                database, "INSERT INTO webhook_retry VALUES ('crm', 'main', 3, 'call', 1, NULL, '2026', 'status 500')");

        assertRefused(LATER, "nothing was archived: the webhook subscriber crm has not been told of all of these rows");
    }

    @Test
    void anOpenWindowStopsIt() {
        begin();
        AuditLog log = new AuditLog();
        log.append(
                StoredLog.NODE,
                AuditLog.KEY,
                JournalEntry.of(JournalEvent.INJECTED, "open", "s-x")
                        .withDetail("windowEnd", LATER.plusSeconds(60).toString()));
        log.append(StoredLog.NODE, 7, AuditLog.KEY);
        log.checkpoint(StoredLog.NODE, 4, StoredLog.SIGNING);
        StoredLog.store(database, log);

        assertRefused(
                LATER,
                "nothing was archived: the context window of a suggestion of interaction open is open until"
                        + " 2026-11-23T08:01:00.123456Z");
    }

    @Test
    void aWindowThatEndedAfterTheNewestRowStopsIt() {
        begin();
        AuditLog log = new AuditLog();
        log.append(
                StoredLog.NODE,
                AuditLog.KEY,
                JournalEntry.of(JournalEvent.INJECTED, "over", "s-x").withDetail("windowEnd", "2026-11-22T09:00:00Z"));
        log.append(StoredLog.NODE, 7, AuditLog.KEY);
        log.checkpoint(StoredLog.NODE, 4, StoredLog.SIGNING);
        StoredLog.store(database, log);

        assertRefused(
                LATER,
                "nothing was archived: the context window of a suggestion of interaction over ended at"
                        + " 2026-11-22T09:00:00Z, and the newest row of node main is of 2026-11-22T08:00:00.130456Z: it"
                        + " has to be a minute later than the end of each window in these rows, for the ends to be on"
                        + " record. Start the application, which catches up");
    }

    @Test
    void textsThatNobodyGaveUpStopIt() {
        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> archive(LATER, false))
                .withMessageStartingWith("nothing was archived: 6 texts of suggestions belong to these rows");
        assertNothingHappened();
    }

    @Test
    void rowsThatAreNotAsTheyWereWrittenAreNotRemoved() {
        testDatabase.tamper("UPDATE audit_event SET reason = 'x' WHERE seq = 3");

        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> archive(LATER, true))
                .withMessageContaining(
                        "nothing was exported: the log is not as it was written. First bad row: row 3 of")
                .withMessageContaining("main/3 CHANGED");
        assertThat(seqs()).isEqualTo("1,2,3,4,5,6,7,8,9,10,11,12,13,14");
        assertThat(file).doesNotExist();
        assertThat(ExportManifest.beside(file)).doesNotExist();
    }

    @Test
    void rowsBehindOthersThatSomebodyRemovedAreNotRemoved() {
        testDatabase.tamper("DELETE FROM suggestion_text WHERE seq <= 4", "DELETE FROM audit_event WHERE seq <= 4");

        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> archive(LATER, true))
                .withMessageContaining(
                        "First bad row: row 1 of node main (main/1 DELETED: rows 1 to 4 are missing, and no");
        assertThat(seqs()).isEqualTo("5,6,7,8,9,10,11,12,13,14");
    }

    @Test
    void whatIsLeftIsExportedAndVerifiesThoughItDoesNotBeginWithTheFirstRow() {
        archive(Chains.START.plusMillis(9), true);
        Path rest = folder.resolve("rest.jsonl");
        Path early = folder.resolve("early.jsonl");

        StoredLog.export(database, StoredLog.SIGNING).write(null, null, rest, ExportFormat.JSONL, rows -> {});
        // ends before the row that says what was archived
        StoredLog.export(database, StoredLog.SIGNING)
                .write(null, Chains.START.plusMillis(12), early, ExportFormat.JSONL, rows -> {});

        ExportVerifier verifier = new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 10);
        assertThat(verifier.verify(rest, rows -> {}).findings()).isEmpty();
        assertThat(verifier.verify(early, rows -> {}).findings()).isEmpty();
    }

    @Test
    void rowsAreGuardedAgainAfterIt() {
        archive(LATER, true);

        assertGuarded();
    }

    @Test
    void aFailureInTheMiddleLeavesEverythingAsItWas() {
        fillTheDisk();

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> archive(LATER, true))
                .withMessageContaining("the disk is full");
        assertNothingHappened();
    }

    @Test
    void aLogWithoutItsGuardIsNotTouched() {
        takeTheGuardOff();

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> archive(LATER, true))
                .withMessage(
                        "nothing was changed, the database refused: the trigger audit_event_never_shrinks is missing:"
                                + " somebody has taken it off");
        assertThat(seqs()).isEqualTo("1,2,3,4,5,6,7,8,9,10,11,12,13,14");
    }

    private void assertRefused(Instant before, String message) {
        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> archive(before, true))
                .withMessage(message);
        assertThat(file).doesNotExist();
        assertThat(SqliteDatabases.query(database, "SELECT MIN(seq) FROM audit_event WHERE node = 'main'"))
                .isEqualTo("1");
    }

    final void assertNothingHappened() {
        assertThat(seqs()).isEqualTo("1,2,3,4,5,6,7,8,9,10,11,12,13,14");
        assertThat(SqliteDatabases.texts(database, StoredLog.NODE)).hasSize(7);
        assertThat(StoredLog.verify(database).findings()).isEmpty();
        assertGuarded();
    }

    void assertGuarded() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> SqliteDatabases.execute(database, "DELETE FROM audit_event WHERE seq = 13"))
                .withMessageContaining("append-only");
    }

    final AuditArchive.Result archive(Instant before, boolean withTexts) {
        return new AuditArchive(database, StoredLog.chain(database), StoredLog.NODE, StoredLog.clock())
                .archive(
                        before,
                        file,
                        ExportFormat.JSONL,
                        withTexts,
                        StoredLog.export(database, StoredLog.SIGNING),
                        new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 10),
                        rows -> {});
    }

    final String seqs() {
        return rows.after(StoredLog.NODE, 0, Set.of(), 100).stream()
                .map(row -> String.valueOf(row.seq()))
                .collect(Collectors.joining(","));
    }
}
