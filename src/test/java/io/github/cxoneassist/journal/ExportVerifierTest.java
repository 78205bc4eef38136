package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Finding.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A small export, tampered with at every place, by somebody who leaves the manifest alone or makes it fit. */
class ExportVerifierTest {
    private static final int ROWS = 11;
    private static final int PER_CHECKPOINT = 4;
    private static final String NODE = StoredLog.NODE;

    @TempDir
    Path folder;

    private HikariDataSource database;
    private Path file;

    @BeforeEach
    void write() {
        database = SqliteDatabases.in(folder);
        StoredLog.store(database, ROWS, PER_CHECKPOINT);
        file = folder.resolve("export");
    }

    @AfterEach
    void close() {
        database.close();
    }

    record Place(ExportFormat format, int row) {}

    static Stream<Place> everywhere() {
        return Stream.of(ExportFormat.values())
                .flatMap(format -> Stream.iterate(1, i -> i <= ROWS, i -> i + 1).map(row -> new Place(format, row)));
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
        new JdbcAuditSource(database).rows(NODE).forEachRemaining(row -> leaves.add(RowLine.of(row)));
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
                null,
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

    @ParameterizedTest
    @MethodSource("everywhere")
    void aChangedRowIsNamed(Place place) throws IOException {
        tamper(
                place.format(),
                lines -> lines.set(place.row(), lines.get(place.row()).replace("interaction-", "interaction_")));

        assertFirst(place.row(), Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRowThatIsNoneAnyMoreIsNamed(Place place) throws IOException {
        tamper(
                place.format(),
                lines -> lines.set(place.row(), lines.get(place.row()).replace("2026-11", "2026-1")));

        assertFirst(place.row(), Kind.CHANGED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aDeletedRowIsNamed(Place place) throws IOException {
        tamper(place.format(), lines -> lines.remove(place.row()));

        assertFirst(place.row(), place.row() == ROWS ? Kind.TAIL_CUT : Kind.DELETED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRowThatIsThereTwiceIsNamed(Place place) throws IOException {
        tamper(place.format(), lines -> lines.add(place.row(), lines.get(place.row())));

        assertFirst(place.row(), Kind.FORKED);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aRowOfAnotherLogIsFound(Place place) throws IOException {
        AuditLog other = AuditLog.of(NODE, ROWS + 1, 4, null, null);
        Path folderOfOther = Files.createDirectory(folder.resolve("other"));
        List<String> foreign;
        try (HikariDataSource otherDatabase = SqliteDatabases.in(folderOfOther)) {
            StoredLog.store(otherDatabase, other);
            new AuditExport(new JdbcAuditSource(otherDatabase), null, StoredLog.clock())
                    .write(null, null, folderOfOther.resolve("x"), place.format(), rows -> {});
            foreign = lines(folderOfOther.resolve("x"), place.format());
        }

        tamper(place.format(), lines -> lines.add(place.row() + 1, foreign.get(place.row() + 1)));

        assertThat(verify().findings().get(0).seq()).isBetween((long) place.row(), place.row() + 2L);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void twoRowsThatChangedPlacesAreFound(Place place) throws IOException {
        int other = place.row() == ROWS ? 1 : place.row() + 1;
        tamper(place.format(), lines -> Collections.swap(lines, place.row(), other));

        Finding first = verify().first().orElseThrow();
        assertThat(first.seq()).isEqualTo(Math.min(place.row(), other));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aTailThatWasCutOffIsFound(Place place) throws IOException {
        tamper(place.format(), lines -> lines.subList(place.row(), lines.size()).clear());

        assertFirst(place.row(), Kind.TAIL_CUT);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void oneThatCutsTheTailAndMakesTheManifestFitCannotSignIt(Place place) throws IOException {
        ExportManifest written = export(null, null, place.format());
        long last = place.row() - 1;
        List<String> lines = lines(file, place.format());
        lines.subList(place.row(), lines.size()).clear();
        write(lines, place.format());
        ExportManifest.Part part = written.parts().get(0);
        AuditRange cut = new AuditRange(1, part.range().prevHash(), last, last == 0 ? "" : hash(last));
        replace(new ExportManifest(
                written.file(),
                sha256(),
                written.format(),
                null,
                null,
                written.createdAt(),
                List.of(new ExportManifest.Part(
                        NODE,
                        cut,
                        last,
                        part.checkpoints().stream().filter(c -> c.seq() <= last).toList())),
                written.keyId(),
                written.signature()));

        assertThat(verify().findings()).extracting(Finding::kind).contains(Kind.SIGNATURE);
    }

    @Test
    void aFileThatIsNotTheOneOfTheManifestIsFoundThoughItsRowsAreRight() throws IOException {
        export(null, null, ExportFormat.CSV);
        Files.writeString(file, Files.readString(file).replace("\r\n", "\n"));

        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.EXPORT);
    }

    @Test
    void rowsOfANodeThatTheManifestDoesNotNameAreFound() throws IOException {
        export(null, null, ExportFormat.JSONL);
        Files.writeString(
                file, Files.readString(file) + Files.readAllLines(file).get(0).replace("\"main\"", "\"other\"") + "\n");
        makeTheDigestFit();

        assertFirst(ROWS + 1, Kind.CHANGED);
    }

    @Test
    void aManifestThatIsNotSignedIsFoundWhereAKeyIsGiven() throws IOException {
        new AuditExport(new JdbcAuditSource(database), null, StoredLog.clock())
                .write(null, null, file, ExportFormat.JSONL, rows -> {});

        assertThat(verify().findings()).singleElement().hasToString("main/1 SIGNATURE: the manifest is not signed");
    }

    @Test
    void anAnchorKnowsACheckpointThatWasTakenOutOfTheManifest() throws IOException {
        ExportManifest written = new AuditExport(new JdbcAuditSource(database), null, StoredLog.clock())
                .write(null, null, file, ExportFormat.JSONL, rows -> {});
        Anchors anchors = Anchors.read(written.parts().get(0).checkpoints().stream()
                .map(Checkpoint::toJson)
                .iterator());
        ExportManifest.Part part = written.parts().get(0);
        replace(new ExportManifest(
                written.file(),
                written.sha256(),
                written.format(),
                null,
                null,
                written.createdAt(),
                List.of(new ExportManifest.Part(NODE, part.range(), part.rows(), List.of())),
                null,
                null));

        AuditReport report = new ExportVerifier(StoredLog.KEYS, PublicKeys.NONE, anchors, 100).verify(file, rows -> {});

        assertThat(report.findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.CHECKPOINT_CHANGED, Kind.CHECKPOINT_CHANGED);
    }

    @Test
    void anAnchorOfRowsOutsideOfTheRangeAccusesNobody() {
        export(at(3), at(7), ExportFormat.JSONL);
        List<String> kept = new ArrayList<>();
        new JdbcAuditSource(database).checkpoints(NODE).forEachRemaining(c -> kept.add(c.toJson()));

        AuditReport report = new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.read(kept.iterator()), 100)
                .verify(file, rows -> {});

        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes().get(0).anchoredSeq()).isEqualTo(4);
    }

    @Test
    void nothingIsOverwritten() {
        export(null, null, ExportFormat.JSONL);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> export(null, null, ExportFormat.JSONL))
                .withMessageEndingWith("exists already: nothing is overwritten");
    }

    @Test
    void withoutAManifestThereIsNothingToVerifyBy() throws IOException {
        export(null, null, ExportFormat.JSONL);
        Files.delete(ExportManifest.beside(file));

        assertThatIllegalArgumentException().isThrownBy(this::verify).withMessageContaining("cannot be read");
    }

    @Test
    void aManifestWithAnythingMoreInItIsNone() throws IOException {
        export(null, null, ExportFormat.JSONL);
        Path manifest = ExportManifest.beside(file);
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\\{", "{\"a\":1,"));

        assertThatIllegalArgumentException().isThrownBy(this::verify).withMessageEndingWith("is not as it was written");
    }

    private interface Tampering {
        void with(List<String> lines);
    }

    /** On the lines, the first of which is number 1; the digest in the manifest is made to fit, which nobody could sign. */
    private void tamper(ExportFormat format, Tampering tampering) throws IOException {
        new AuditExport(new JdbcAuditSource(database), null, StoredLog.clock())
                .write(null, null, file, format, rows -> {});
        assertThat(verifyUnsigned().findings()).isEmpty();
        List<String> lines = lines(file, format);
        tampering.with(lines);
        write(lines, format);
        assertThat(verifyUnsigned().findings()).extracting(Finding::kind).contains(Kind.EXPORT);
        makeTheDigestFit();
    }

    /** A header of one line in front, whatever the format, so that row n is line n. */
    private static List<String> lines(Path from, ExportFormat format) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(from));
        if (format == ExportFormat.JSONL) {
            lines.add(0, "");
        }
        return lines;
    }

    private void write(List<String> lines, ExportFormat format) throws IOException {
        List<String> written = format == ExportFormat.JSONL ? lines.subList(1, lines.size()) : lines;
        String end = format == ExportFormat.JSONL ? "\n" : "\r\n";
        Files.writeString(file, String.join(end, written) + (written.isEmpty() ? "" : end));
    }

    private void makeTheDigestFit() throws IOException {
        ExportManifest manifest = ExportManifest.read(ExportManifest.beside(file));
        replace(new ExportManifest(
                manifest.file(),
                sha256(),
                manifest.format(),
                manifest.from(),
                manifest.to(),
                manifest.createdAt(),
                manifest.parts(),
                null,
                null));
    }

    private void replace(ExportManifest manifest) throws IOException {
        Files.writeString(ExportManifest.beside(file), manifest.toJson(), StandardCharsets.UTF_8);
    }

    private String sha256() throws IOException {
        return Sha256.hex(Files.readAllBytes(file));
    }

    private String hash(long seq) {
        return SqliteDatabases.query(database, "SELECT hash FROM audit_event WHERE seq = " + seq);
    }

    private static Instant at(int row) {
        return Chains.START.plusMillis(row - 1);
    }

    private ExportManifest export(Instant from, Instant to, ExportFormat format) {
        return new AuditExport(new JdbcAuditSource(database), StoredLog.SIGNING, StoredLog.clock())
                .write(from, to, file, format, rows -> {});
    }

    private void assertFirst(int row, Kind kind) {
        Finding first = verifyUnsigned().first().orElseThrow();
        assertThat(first.seq()).isEqualTo(row);
        assertThat(first.kind()).isEqualTo(kind);
    }

    private AuditReport verifyUnsigned() {
        return new ExportVerifier(StoredLog.KEYS, PublicKeys.NONE, Anchors.NONE, 100).verify(file, rows -> {});
    }

    private AuditReport verify() {
        return new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 100).verify(file, rows -> {});
    }
}
