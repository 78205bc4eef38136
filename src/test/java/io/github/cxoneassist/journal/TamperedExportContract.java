package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A small export, tampered with at every place, by somebody who leaves the manifest alone or makes it fit. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TamperedExportContract {
    private static final int ROWS = 11;

    private static final int PER_CHECKPOINT = 4;

    private static final String NODE = StoredLog.NODE;

    @TempDir
    static Path originals;

    @TempDir
    Path folder;

    private List<JournalRow> rows;
    private Path file;

    abstract TestDatabase newDatabase();

    @BeforeAll
    void export() {
        try (TestDatabase testDatabase = newDatabase();
                HikariDataSource database = testDatabase.open();
                HikariDataSource reader = JournalDatabase.openToRead(testDatabase.settings())) {
            AuditLog log = AuditLog.of(NODE, ROWS, PER_CHECKPOINT, AuditLog.KEY, StoredLog.SIGNING);
            rows = log.rows;
            StoredLog.store(database, log);
            for (ExportFormat format : ExportFormat.values()) {
                write(reader, original("signed", format), format, StoredLog.SIGNING);
                write(reader, original("unsigned", format), format, null);
            }
            testDatabase.empty();
            StoredLog.store(database, AuditLog.of(NODE, ROWS + 1, 4, null, null));
            for (ExportFormat format : ExportFormat.values()) {
                write(reader, original("other", format), format, null);
            }
        }
    }

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("export");
    }

    private static Path original(String which, ExportFormat format) {
        return originals.resolve(which + "-" + format.wireName()).resolve("export");
    }

    /** A copy of one of them, to be tampered with. */
    private ExportManifest copy(String which, ExportFormat format) throws IOException {
        Path original = original(which, format);
        Files.copy(original, file);
        Files.copy(ExportManifest.beside(original), ExportManifest.beside(file));
        return ExportManifest.read(ExportManifest.beside(file));
    }

    private static void write(HikariDataSource database, Path file, ExportFormat format, SigningKey key) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StoredLog.export(database, key).write(null, null, file, format, rows -> {});
    }

    record Place(ExportFormat format, int row) {}

    static Stream<Place> everywhere() {
        return Stream.of(ExportFormat.values())
                .flatMap(format -> Stream.iterate(1, i -> i <= ROWS, i -> i + 1).map(row -> new Place(format, row)));
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
        List<String> foreign = lines(original("other", place.format()), place.format());

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
        ExportManifest written = copy("signed", place.format());
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
        copy("signed", ExportFormat.CSV);
        Files.writeString(file, Files.readString(file).replace("\r\n", "\n"));

        assertThat(verify().findings()).extracting(Finding::kind).containsExactly(Kind.EXPORT);
    }

    @Test
    void rowsOfANodeThatTheManifestDoesNotNameAreFound() throws IOException {
        copy("signed", ExportFormat.JSONL);
        Files.writeString(
                file, Files.readString(file) + Files.readAllLines(file).get(0).replace("\"main\"", "\"other\"") + "\n");
        makeTheDigestFit();

        assertFirst(ROWS + 1, Kind.CHANGED);
    }

    @Test
    void anAnchorKnowsACheckpointThatWasTakenOutOfTheManifest() throws IOException {
        ExportManifest written = copy("unsigned", ExportFormat.JSONL);
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
    void anExportOfEverythingThatBeginsLaterIsFound() throws IOException {
        ExportManifest.Part part = cut("unsigned", 4, ROWS);

        assertThat(part.range().first()).isEqualTo(5);
        assertThat(verifyUnsigned().findings())
                .singleElement()
                .hasToString("main/1 DELETED: rows 1 to 4 are missing, and no checkpoint with a row of an operator says"
                        + " that they were archived");
    }

    @Test
    void anAnchorKnowsMoreThanAnExportOfEverythingWhoseManifestFits() throws IOException {
        Anchors anchors = anchorsOf("unsigned");
        cut("unsigned", 0, 7);

        assertThat(verifyUnsigned().findings()).isEmpty();
        assertThat(verifyUnsigned(anchors).findings())
                .singleElement()
                .hasToString("main/8 TAIL_CUT: the rows from 8 on are missing: the anchor knows of rows up to 8");
    }

    @Test
    void anAnchorKnowsOfANodeThatIsNotInAnExportOfEverything() throws IOException {
        Anchors anchors = anchorsOf("unsigned");
        ExportManifest written = copy("unsigned", ExportFormat.JSONL);
        Files.writeString(file, "");
        replace(withParts(written, List.of()));

        assertThat(verifyUnsigned(anchors).findings())
                .singleElement()
                .hasToString("main/1 TAIL_CUT: the rows from 1 on are missing: the anchor knows of rows up to 8");
    }

    @Test
    void whatWasAnchoredAfterAnExportOfEverythingAccusesNobody() throws IOException {
        copy("signed", ExportFormat.JSONL);
        AuditLog more = new AuditLog();
        more.rows.addAll(rows);
        more.append(NODE, 5, AuditLog.KEY);
        more.checkpoints.addAll(
                ExportManifest.read(ExportManifest.beside(file)).parts().get(0).checkpoints());
        more.checkpoint(NODE, 8, StoredLog.SIGNING);
        Checkpoint last = more.checkpoints.get(more.checkpoints.size() - 1);
        Checkpoint later = Checkpoint.of(
                NODE,
                last.firstSeq(),
                last.seq(),
                last.merkleRoot(),
                last.headHash(),
                JournalRow.atText(StoredLog.clock().instant()),
                last.prevCheckpoint(),
                StoredLog.SIGNING);

        assertThat(new ExportVerifier(
                                StoredLog.KEYS,
                                StoredLog.PUBLIC,
                                Anchors.read(List.of(later.toJson()).iterator()),
                                100)
                        .verify(file, rows -> {})
                        .findings())
                .isEmpty();
    }

    @Test
    void withoutTheChainKeyItIsNotSaidWhichRowOfACheckpointIsBad() throws IOException {
        copy("signed", ExportFormat.JSONL);
        Files.writeString(file, Files.readString(file).replaceFirst("s-4", "s-5"));
        makeTheDigestFit();

        assertThat(new ExportVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 10)
                        .verify(file, rows -> {})
                        .findings())
                .singleElement()
                .hasToString("main/5-8 FORKED: the rows 5 to 8 are not all as they were written: their checkpoint is of"
                        + " others. Which it is cannot be told, since the chain key is missing");
    }

    /** Leaves the rows behind one and up to another, and makes the manifest fit. */
    private ExportManifest.Part cut(String which, int behind, int upTo) throws IOException {
        ExportManifest written = copy(which, ExportFormat.JSONL);
        List<String> lines = lines(file, ExportFormat.JSONL);
        write(
                Stream.concat(Stream.of(""), lines.subList(behind + 1, upTo + 1).stream())
                        .toList(),
                ExportFormat.JSONL);
        ExportManifest.Part part = written.parts().get(0);
        ExportManifest.Part cut = new ExportManifest.Part(
                NODE,
                new AuditRange(behind + 1, behind == 0 ? part.range().prevHash() : hash(behind), upTo, hash(upTo)),
                upTo - behind,
                part.checkpoints().stream()
                        .filter(c -> c.seq() > behind && c.seq() <= upTo)
                        .toList());
        replace(withParts(written, List.of(cut)));
        return cut;
    }

    private Anchors anchorsOf(String which) throws IOException {
        Path manifest = ExportManifest.beside(original(which, ExportFormat.JSONL));
        return Anchors.read(ExportManifest.read(manifest).parts().get(0).checkpoints().stream()
                .map(Checkpoint::toJson)
                .iterator());
    }

    private ExportManifest withParts(ExportManifest written, List<ExportManifest.Part> parts) throws IOException {
        return new ExportManifest(
                written.file(), sha256(), written.format(), null, null, written.createdAt(), parts, null, null);
    }

    private AuditReport verifyUnsigned(Anchors anchors) {
        return new ExportVerifier(StoredLog.KEYS, PublicKeys.NONE, anchors, 100).verify(file, rows -> {});
    }

    @Test
    void withoutAManifestThereIsNothingToVerifyBy() throws IOException {
        copy("signed", ExportFormat.JSONL);
        Files.delete(ExportManifest.beside(file));

        assertThatIllegalArgumentException().isThrownBy(this::verify).withMessageContaining("cannot be read");
    }

    @Test
    void aManifestWithAnythingMoreInItIsNone() throws IOException {
        copy("signed", ExportFormat.JSONL);
        Path manifest = ExportManifest.beside(file);
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\\{", "{\"a\":1,"));

        assertThatIllegalArgumentException().isThrownBy(this::verify).withMessageEndingWith("is not as it was written");
    }

    private interface Tampering {
        void with(List<String> lines);
    }

    /** On the lines, the first of which is number 1; the digest in the manifest is made to fit, which nobody could sign. */
    private void tamper(ExportFormat format, Tampering tampering) throws IOException {
        copy("unsigned", format);
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
        return rows.get((int) seq - 1).hash();
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
