package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is exported is what was written, whatever part of it is asked for. */
abstract class AuditExportContract {
    private static final int ROWS = 11;

    private static final int PER_CHECKPOINT = 4;

    private static final String NODE = StoredLog.NODE;

    @TempDir
    Path folder;

    private TestDatabase testDatabase;
    private HikariDataSource database;
    private HikariDataSource reader;
    private Path file;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void write() {
        testDatabase = newDatabase();
        database = testDatabase.openToTidy();
        StoredLog.store(database, ROWS, PER_CHECKPOINT);
        reader = JournalDatabase.openToRead(testDatabase.settings());
        file = folder.resolve("export");
    }

    @AfterEach
    void close() {
        reader.close();
        database.close();
        testDatabase.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyRangeThatIsAsItWasWrittenIsNotAccused(ExportFormat format) {
        for (int from = 1; from <= ROWS; from++) {
            for (int to = from; to <= ROWS; to++) {
                file = folder.resolve(format + "-" + from + "-" + to);
                ExportManifest manifest = export(at(from), at(to + 1), format);

                AuditReport report = verify();

                assertThat(report.findings()).as("%s to %s", from, to).isEmpty();
                assertThat(report.nodes().get(0).rows()).isEqualTo(to - from + 1L);
                assertThat(manifest.rows()).isEqualTo(to - from + 1L);
            }
        }
    }

    @Test
    void aLineIsTheLeafOfItsRow() throws IOException {
        export(null, null, ExportFormat.JSONL);

        List<String> leaves = new ArrayList<>();
        new JdbcAuditSource(reader).rows(NODE).forEachRemaining(row -> leaves.add(RowLine.of(row)));
        assertThat(Files.readAllLines(file)).isEqualTo(leaves).hasSize(ROWS);
    }

    @Test
    void theManifestSaysWhatIsInTheFile() {
        ExportManifest manifest = export(at(4), at(9), ExportFormat.JSONL);

        assertThat(ExportManifest.read(ExportManifest.beside(file))).isEqualTo(manifest);
        ExportManifest.Part part = manifest.parts().get(0);
        assertThat(part.node()).isEqualTo(NODE);
        assertThat(part.range().first()).isEqualTo(4);
        assertThat(part.range().last()).isEqualTo(8);
        assertThat(part.rows()).isEqualTo(5);
        assertThat(part.checkpoints()).extracting(Checkpoint::seq).containsExactly(4L, 8L);
        assertThat(manifest.signedByOneOf(StoredLog.PUBLIC)).isTrue();
    }

    @Test
    void aRangeBehindACheckpointBeginsWithIt() {
        ExportManifest.Part part =
                export(at(5), null, ExportFormat.JSONL).parts().get(0);

        assertThat(part.checkpoints().get(0).headHash()).isEqualTo(part.range().prevHash());
    }

    @Test
    void theRowsOfOperatorsAreInItToo() {
        StoredLog.holds(database).set("interaction-1", "a lawsuit");
        ExportManifest manifest = export(null, null, ExportFormat.CSV);

        assertThat(verify().findings()).isEmpty();
        assertThat(manifest.parts()).extracting(ExportManifest.Part::node).containsExactly("main", "main.operator");
    }

    @ParameterizedTest
    @EnumSource
    void everyCharacterOfARowComesBack(ExportFormat format) {
        AuditLog log = new AuditLog();
        log.append(
                "odd",
                AuditLog.KEY,
                JournalEntry.of(JournalEvent.IGNORED, "", "a,b\"c\"\r\nd\n\te\\f")
                        .withReason(" "),
                JournalEntry.of(JournalEvent.IGNORED, "=1+1 \u00fc \ud83d\ude00", "\r")
                        .withReason(""),
                JournalEntry.of(JournalEvent.IGNORED).withDetail("x", "\"\n\u0001\u2028"));
        log.checkpoint("odd", 3, StoredLog.SIGNING);
        StoredLog.store(database, log);
        export(null, null, format);

        assertThat(verify().findings()).isEmpty();
        ExportSource read = new ExportSource(file, ExportManifest.read(ExportManifest.beside(file)));
        List<JournalRow> rows = new ArrayList<>();
        read.rows("odd").forEachRemaining(rows::add);
        assertThat(rows).isEqualTo(log.rows);
        read.close();
    }

    @Test
    void anAnchorOfRowsOutsideOfTheRangeAccusesNobody() {
        export(at(3), at(7), ExportFormat.JSONL);
        List<String> kept = new ArrayList<>();
        new JdbcAuditSource(reader).checkpoints(NODE).forEachRemaining(c -> kept.add(c.toJson()));

        AuditReport report = new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.read(kept.iterator()), 100)
                .verify(file, rows -> {});

        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes().get(0).anchoredSeq()).isEqualTo(4);
    }

    @Test
    void aManifestThatIsNotSignedIsFoundWhereAKeyIsGiven() throws IOException {
        StoredLog.export(reader, null).write(null, null, file, ExportFormat.JSONL, rows -> {});

        assertThat(verify().findings()).singleElement().hasToString("main/1 SIGNATURE: the manifest is not signed");
    }

    @Test
    void rowsThatAreNotAsTheyWereWrittenAreNotExported() {
        testDatabase.tamper("UPDATE audit_event SET reason = 'x' WHERE seq = 3");

        assertRefused(
                null,
                null,
                "row 3 of node main (main/3 CHANGED: row 3 was changed: its hash is not that of its fields)");
    }

    @Test
    void rowsThatWereWrittenAnewWithoutTheKeyAreNotExported() {
        AuditLog anew = AuditLog.of(NODE, ROWS, PER_CHECKPOINT, null, null);
        testDatabase.empty();
        StoredLog.store(database, anew);

        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> new AuditExport(
                                new JdbcAuditSource(reader),
                                new AuditVerifier(StoredLog.KEYS, PublicKeys.NONE, Anchors.NONE, 10),
                                StoredLog.SIGNING,
                                StoredLog.clock())
                        .write(at(2), at(4), file, ExportFormat.JSONL, rows -> {}))
                .withMessageContaining("main/1 KEY: no row of the node has a hash of the keys given");
    }

    @Test
    void rowsFromBeforeTheKeyAreExportedSinceALaterRowBindsThem() {
        AuditLog log = new AuditLog();
        log.append(NODE, 9, null);
        log.append(NODE, 2, AuditLog.KEY);
        testDatabase.empty();
        StoredLog.store(database, log);

        assertThat(export(at(2), at(4), ExportFormat.JSONL).rows()).isEqualTo(2);
    }

    @Test
    void rowsThatACheckpointBehindThemContradictsAreNotExported() {
        AuditLog log = AuditLog.of(NODE, ROWS, PER_CHECKPOINT, AuditLog.KEY, StoredLog.SIGNING);
        AuditLog other = new AuditLog();
        other.append(NODE, 1, AuditLog.KEY);
        other.append(NODE, AuditLog.KEY, JournalEntry.of(JournalEvent.IGNORED, "a", "b"));
        other.append(NODE, ROWS - 2, AuditLog.KEY);
        other.checkpoints.addAll(log.checkpoints);
        testDatabase.empty();
        StoredLog.store(database, other);

        assertRefused(
                at(2), at(3), "row 1 of node main (main/1 FORKED: the rows 1 to 4 are not those of their checkpoint");
    }

    @Test
    void goodRowsOnEitherSideOfABadOneAreExported() {
        testDatabase.tamper("UPDATE audit_event SET reason = 'x' WHERE seq = 6");

        export(at(9), null, ExportFormat.JSONL);
        assertThat(verify().findings()).isEmpty();
        file = folder.resolve("before");
        export(null, at(5), ExportFormat.JSONL);
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void whatIsMissingAtTheBeginningIsNotExportedAsIfItHadNeverBeen() {
        testDatabase.tamper("DELETE FROM suggestion_text WHERE seq <= 4", "DELETE FROM audit_event WHERE seq <= 4");

        assertRefused(null, at(9), "row 1 of node main (main/1 DELETED: rows 1 to 4 are missing");
    }

    @Test
    void anAnchorThatKnowsOfMoreThanTheLogStopsAnExportOfEverything() {
        List<String> kept = new ArrayList<>();
        new JdbcAuditSource(reader).checkpoints(NODE).forEachRemaining(c -> kept.add(c.toJson()));
        testDatabase.tamper(
                "DELETE FROM suggestion_text WHERE seq > 6",
                "DELETE FROM audit_event WHERE seq > 6",
                "DELETE FROM audit_checkpoint WHERE seq > 6");

        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> new AuditExport(
                                new JdbcAuditSource(reader),
                                new AuditVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.read(kept.iterator()), 10),
                                StoredLog.SIGNING,
                                StoredLog.clock())
                        .write(null, null, file, ExportFormat.JSONL, rows -> {}))
                .withMessageContaining("First bad row: row 7 of node main (main/7 TAIL_CUT");
    }

    private void assertRefused(Instant from, Instant to, String firstBadRow) {
        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> export(from, to, ExportFormat.JSONL))
                .withMessageStartingWith(
                        "nothing was exported: the log is not as it was written. First bad row: " + firstBadRow);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsOverwritten() {
        export(null, null, ExportFormat.JSONL);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> export(null, null, ExportFormat.JSONL))
                .withMessageEndingWith("exists already: nothing is overwritten");
    }

    private static Instant at(int row) {
        return Chains.START.plusMillis(row - 1);
    }

    private ExportManifest export(Instant from, Instant to, ExportFormat format) {
        return StoredLog.export(reader, StoredLog.SIGNING).write(from, to, file, format, rows -> {});
    }

    private AuditReport verify() {
        return new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 100).verify(file, rows -> {});
    }
}
