package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cxoneassist.journal.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What manifest and anchors know of an export, and who can make them say otherwise. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ExportAgainstManifestContract extends TamperedExportFixture {

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
}
