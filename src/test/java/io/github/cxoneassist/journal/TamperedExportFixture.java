package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Finding.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small export, tampered with at every place, by somebody who leaves the manifest alone or makes it fit. */
abstract class TamperedExportFixture {
    static final int ROWS = 11;

    static final int PER_CHECKPOINT = 4;

    static final String NODE = StoredLog.NODE;

    @TempDir
    static Path originals;

    @TempDir
    Path folder;

    List<JournalRow> rows;
    Path file;

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

    static Path original(String which, ExportFormat format) {
        return originals.resolve(which + "-" + format.wireName()).resolve("export");
    }

    /** A copy of one of them, to be tampered with. */
    ExportManifest copy(String which, ExportFormat format) throws IOException {
        Path original = original(which, format);
        Files.copy(original, file);
        Files.copy(ExportManifest.beside(original), ExportManifest.beside(file));
        return ExportManifest.read(ExportManifest.beside(file));
    }

    static void write(HikariDataSource database, Path file, ExportFormat format, SigningKey key) {
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

    /** Leaves the rows behind one and up to another, and makes the manifest fit. */
    ExportManifest.Part cut(String which, int behind, int upTo) throws IOException {
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

    Anchors anchorsOf(String which) throws IOException {
        Path manifest = ExportManifest.beside(original(which, ExportFormat.JSONL));
        return Anchors.read(ExportManifest.read(manifest).parts().get(0).checkpoints().stream()
                .map(Checkpoint::toJson)
                .iterator());
    }

    ExportManifest withParts(ExportManifest written, List<ExportManifest.Part> parts) throws IOException {
        return new ExportManifest(
                written.file(), sha256(), written.format(), null, null, written.createdAt(), parts, null, null);
    }

    AuditReport verifyUnsigned(Anchors anchors) {
        return new ExportVerifier(StoredLog.KEYS, PublicKeys.NONE, anchors, 100).verify(file, rows -> {});
    }

    interface Tampering {
        void with(List<String> lines);
    }

    /** On the lines, the first of which is number 1; the digest in the manifest is made to fit, which nobody could sign. */
    void tamper(ExportFormat format, Tampering tampering) throws IOException {
        copy("unsigned", format);
        assertThat(verifyUnsigned().findings()).isEmpty();
        List<String> lines = lines(file, format);
        tampering.with(lines);
        write(lines, format);
        assertThat(verifyUnsigned().findings()).extracting(Finding::kind).contains(Kind.EXPORT);
        makeTheDigestFit();
    }

    /** A header of one line in front, whatever the format, so that row n is line n. */
    static List<String> lines(Path from, ExportFormat format) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(from));
        if (format == ExportFormat.JSONL) {
            lines.add(0, "");
        }
        return lines;
    }

    void write(List<String> lines, ExportFormat format) throws IOException {
        List<String> written = format == ExportFormat.JSONL ? lines.subList(1, lines.size()) : lines;
        String end = format == ExportFormat.JSONL ? "\n" : "\r\n";
        Files.writeString(file, String.join(end, written) + (written.isEmpty() ? "" : end));
    }

    void makeTheDigestFit() throws IOException {
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

    void replace(ExportManifest manifest) throws IOException {
        Files.writeString(ExportManifest.beside(file), manifest.toJson(), StandardCharsets.UTF_8);
    }

    String sha256() throws IOException {
        return Sha256.hex(Files.readAllBytes(file));
    }

    String hash(long seq) {
        return rows.get((int) seq - 1).hash();
    }

    void assertFirst(int row, Kind kind) {
        Finding first = verifyUnsigned().first().orElseThrow();
        assertThat(first.seq()).isEqualTo(row);
        assertThat(first.kind()).isEqualTo(kind);
    }

    AuditReport verifyUnsigned() {
        return new ExportVerifier(StoredLog.KEYS, PublicKeys.NONE, Anchors.NONE, 100).verify(file, rows -> {});
    }

    AuditReport verify() {
        return new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 100).verify(file, rows -> {});
    }
}
