package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Finding.Kind;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A large log, tampered with by SQL at random places, by somebody with every right and past all triggers. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TamperedDatabaseContract {
    private static final String NODE = "node-1";
    private static final int ROWS = 5_300;
    private static final int PER_CHECKPOINT = 1_000;
    private static final List<String> TABLES = List.of("audit_event", "suggestion_text", "audit_checkpoint");
    private static final ChainKeys KEYS = new ChainKeys(List.of(AuditLog.KEY));
    private static final SigningKey SIGNING = SigningKeys.fresh();

    TestDatabase testDatabase;
    private HikariDataSource database;
    private HikariDataSource reader;
    private Anchors anchors;

    abstract TestDatabase newDatabase();

    /** A second row of the number 1000, which no key of the table lets in. */
    abstract String[] secondRow1000();

    /** Printed with the name of the test, so that a failure can be had again. */
    static IntStream randomPlaces() {
        Random random = new Random(Long.getLong("tamper.seed", System.nanoTime()));
        return random.ints(3, 2, PER_CHECKPOINT * 5 - 1);
    }

    @BeforeAll
    void write() {
        testDatabase = newDatabase();
        database = testDatabase.open();
        write(database);
        anchors = Anchors.read(new CheckpointStore(database)
                .notAnchored(100).stream().map(Checkpoint::toJson).iterator());
        for (String table : TABLES) {
            testDatabase.tamper("CREATE TABLE as_written_" + table + " AS SELECT * FROM " + table);
        }
        reader = JournalDatabase.openToRead(testDatabase.settings());
    }

    @BeforeEach
    void restore() {
        testDatabase.empty();
        for (String table : TABLES) {
            String columns = table.equals("audit_event") ? RowColumns.LIST : "*";
            testDatabase.tamper("INSERT INTO " + table + (columns.equals("*") ? "" : " (" + columns + ")") + " SELECT "
                    + columns + " FROM as_written_" + table);
        }
    }

    @AfterAll
    void close() {
        reader.close();
        database.close();
        testDatabase.close();
    }

    private static void write(HikariDataSource database) {
        JournalStore store = new JdbcStore(database);
        ChainHead head = ChainHead.GENESIS;
        for (int from = 0; from < ROWS; from += 1_000) {
            List<JournalRow> rows = new ArrayList<>();
            List<SuggestionText> texts = new ArrayList<>();
            for (int i = from; i < Math.min(ROWS, from + 1_000); i++) {
                JournalEntry entry = Chains.injected("s-" + i);
                JournalRow row = HashChain.next(head, NODE, Chains.START.plusMillis(i), entry, AuditLog.KEY);
                rows.add(row);
                texts.add(new SuggestionText(NODE, row.seq(), row.interactionId(), entry.text()));
                head = ChainHead.of(row);
            }
            store.write(new JournalBatch(rows, texts));
        }
        maker(database).make(NODE);
    }

    private static CheckpointMaker maker(HikariDataSource database) {
        return new CheckpointMaker(
                new JdbcJournalReader(database),
                new CheckpointStore(database),
                KEYS,
                SIGNING,
                Clock.fixed(Chains.START, ZoneOffset.UTC),
                PER_CHECKPOINT);
    }

    @Test
    void theLogAsWrittenIsNotAccused() {
        AuditReport report = verify();

        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes())
                .containsExactly(new AuditReport.Node(NODE, 1, ROWS, ROWS, ROWS, 0, 6, 6, 0, ROWS, ROWS));
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void aChangedRowIsNamed(int place) {
        tamper("UPDATE audit_event SET reason = 'x' WHERE seq = " + place);

        assertFirst(place, Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void aDateThatIsNoneIsNamed(int place) {
        tamper("UPDATE audit_event SET at = 'yesterday' WHERE seq = " + place);

        assertFirst(place, Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void aDeletedRowIsMissed(int place) {
        tamper("DELETE FROM suggestion_text WHERE seq = " + place, "DELETE FROM audit_event WHERE seq = " + place);

        assertFirst(place, Kind.DELETED);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void aDeletedRowIsMissedWhereTheOthersAreRenumbered(int place) {
        tamper(
                "DELETE FROM suggestion_text",
                "DELETE FROM audit_event WHERE seq = " + place,
                "UPDATE audit_event SET seq = seq + 999999 WHERE seq > " + place,
                "UPDATE audit_event SET seq = seq - 1000000 WHERE seq > 500000");

        assertFirst(place, Kind.DELETED);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void anInsertedRowIsNamed(int place) {
        tamper(
                "DELETE FROM suggestion_text",
                "UPDATE audit_event SET seq = seq + 1000001 WHERE seq >= " + place,
                "UPDATE audit_event SET seq = seq - 1000000 WHERE seq > 500000",
                "INSERT INTO audit_event (node, seq, at, event, details, prev_hash, hash, key_id) SELECT node, " + place
                        + ", at, 'accepted', '{}', hash, '" + "e".repeat(64)
                        + "', key_id FROM audit_event WHERE seq = " + (place - 1));

        assertFirst(place, Kind.INSERTED);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void rowsThatChangedPlacesAreNamed(int place) {
        int other = place > 2_500 ? place - 2_000 : place + 2_000;
        tamper(
                "DELETE FROM suggestion_text",
                "UPDATE audit_event SET seq = 999999 WHERE seq = " + place,
                "UPDATE audit_event SET seq = " + place + " WHERE seq = " + other,
                "UPDATE audit_event SET seq = " + other + " WHERE seq = 999999");

        assertFirst(Math.min(place, other), Kind.MOVED);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void aTailThatWasCutIsMissed(int place) {
        tamper("DELETE FROM suggestion_text", "DELETE FROM audit_event WHERE seq >= " + place);

        assertFirst(place, Kind.TAIL_CUT);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void aTailThatWasCutWithItsCheckpointsIsMissedByTheAnchor(int place) {
        tamper(
                "DELETE FROM suggestion_text",
                "DELETE FROM audit_event WHERE seq >= " + place,
                "DELETE FROM audit_checkpoint WHERE seq >= " + place);

        assertFirst(place, Kind.TAIL_CUT);
    }

    @ParameterizedTest
    @MethodSource("randomPlaces")
    void aTextThatDiffersIsNamed(int place) {
        tamper("UPDATE suggestion_text SET content = 'x' WHERE seq = " + place);

        assertFirst(place, Kind.TEXT_CHANGED);
    }

    @Test
    void aCheckpointThatDiffersIsNamed() {
        tamper("UPDATE audit_checkpoint SET at = '2026-11-22T09:00:00.000000Z' WHERE seq = 3000");

        assertFirst(2_001, Kind.CHECKPOINT_CHANGED);
    }

    @Test
    void twoRowsOfOneNumberAreNamedWhereTheTableLetsThem() {
        tamper(secondRow1000());

        assertFirst(1_000, Kind.FORKED);
    }

    @Test
    void rowsThatAreNotAsTheyWereWrittenGetNoCheckpoint() {
        tamper("DELETE FROM audit_checkpoint WHERE seq > 4000", "UPDATE audit_event SET reason = 'x' WHERE seq = 4321");

        assertThatThrownBy(() -> maker(database).make(NODE))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("row 4321 was changed");
        assertThat(new CheckpointStore(database).last(NODE).orElseThrow().seq()).isEqualTo(4_000);
    }

    private void tamper(String... statements) {
        testDatabase.tamper(statements);
    }

    private void assertFirst(long seq, Kind kind) {
        assertThat(verify().first().orElseThrow()).returns(seq, Finding::seq).returns(kind, Finding::kind);
    }

    private AuditReport verify() {
        return new AuditVerifier(KEYS, SigningKeys.publicOf(SIGNING), anchors, 50).verify(new JdbcAuditSource(reader));
    }
}
