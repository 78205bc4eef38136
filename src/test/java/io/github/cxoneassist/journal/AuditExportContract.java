package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
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
        new AuditExport(new JdbcAuditSource(reader), null, StoredLog.clock())
                .write(null, null, file, ExportFormat.JSONL, rows -> {});

        assertThat(verify().findings()).singleElement().hasToString("main/1 SIGNATURE: the manifest is not signed");
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
        return new AuditExport(new JdbcAuditSource(reader), StoredLog.SIGNING, StoredLog.clock())
                .write(from, to, file, format, rows -> {});
    }

    private AuditReport verify() {
        return new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 100).verify(file, rows -> {});
    }
}
