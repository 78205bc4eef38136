package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code audit prove} and {@code audit export}: what leaves the log, to be checked without it. */
abstract class AuditProofAndExportCommandContract extends AuditCommandFixture {

    @Test
    void aProofHoldsForWhoeverHasThePublicKeyOnly() throws Exception {
        Path proof = folder.resolve("proof.json");

        assertThat(audit("prove", "--suggestion", "s-3", "--out", proof)).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("Proved 1 row in " + proof + "\n");
        Process checker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "docs/audit/VerifyProof.java",
                        proof.toString(),
                        PUBLIC_KEY.toString())
                .inheritIO()
                .start();
        assertThat(checker.waitFor()).isZero();
    }

    @Test
    void aProofGoesToTheConsoleUnlessAFileIsNamed() throws Exception {
        assertThat(audit("prove", "--suggestion", "s-3", "--interaction", "call-1"))
                .isZero();

        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .path("suggestionId")
                        .asText())
                .isEqualTo("s-3");
    }

    @Test
    void aSuggestionThatIsNotInTheLogHasNoProof() {
        assertThat(audit("prove", "--suggestion", "s-3", "--interaction", "call-7"))
                .isEqualTo(1);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines("There is no row of suggestion s-3 in interaction call-7.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv"})
    void aSuggestionThatWasArchivedIsSaidToBeInItsArchive(String format) {
        assertThat(audit(
                        "archive",
                        "--before",
                        "2026-11-01",
                        "--out",
                        folder.resolve("old"),
                        "--format",
                        format,
                        "--erase-texts"))
                .isZero();

        assertThat(audit("prove", "--suggestion", "s-3", "--archives", folder)).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("The rows of suggestion s-3 were archived: they are in old with the SHA-256 ")
                .contains(", which has the rows 1 to 8 of main.");
    }

    @Test
    void aSuggestionThatIsInNoArchiveEitherIsSaidToBeInNone() {
        archiveTheFirstRows();

        assertThat(audit("prove", "--suggestion", "s-11", "--archives", folder)).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines("There is no row of suggestion s-11, nor in what was archived.\n");
    }

    @Test
    void archivesThatAreNotAtHandAreNamed() {
        archiveTheFirstRows();

        assertThat(audit("prove", "--suggestion", "s-3", "--archives", folder.resolve("elsewhere")))
                .isEqualTo(1);

        assertThat(err.toString())
                .contains(
                        "There is no row of suggestion s-3 in the database. It may have been archived, in one of these,"
                                + " which are not in " + folder.resolve("elsewhere")
                                + " (--archives names another folder):",
                        "  old with the SHA-256 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv"})
    void anExportIsVerifiedWithoutAnySettings(String format) {
        Path file = folder.resolve("export");
        assertThat(audit("export", "--from", "2026-10-01", "--to", "2026-10-02", "--format", format, "--out", file))
                .isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "Exported 10 rows to " + file + ", and how to verify them to " + file + ".manifest.json\n");

        assertThat(execute("audit", "verify", "--from-export", file, "--public-key", PUBLIC_KEY))
                .isZero();

        assertThat(out.toString()).contains("The export is as it was written.");
    }

    @Test
    void anExportThatWasTamperedWithIsFound() throws Exception {
        Path file = folder.resolve("export");
        assertThat(audit("export", "--out", file)).isZero();
        Files.writeString(file, Files.readString(file).replaceFirst("call-1", "call-2"));

        assertThat(execute("audit", "verify", "--from-export", file, "--chain-key-file", CHAIN_KEYS))
                .isEqualTo(1);

        assertThat(out.toString())
                .containsPattern("The export is NOT as it was written. First bad row: row 1 of node main\\R");
    }

    @Test
    void withoutTheChainKeyItIsSaidThatItIsMissingToTellTheFirstBadRow() throws Exception {
        Path file = folder.resolve("export");
        assertThat(audit("export", "--out", file)).isZero();
        Files.writeString(file, Files.readString(file).replaceFirst("s-7", "s-8"));

        assertThat(execute("audit", "verify", "--from-export", file)).isEqualTo(1);

        assertThat(out.toString())
                .contains("The export is NOT as it was written. First bad row: one of the rows 5 to 8 of node main;"
                        + " --chain-key-file is missing to tell which");
    }

    @Test
    void aLogThatWasTamperedWithIsNotExported() {
        testDatabase.tamper("UPDATE audit_event SET reason = 'x' WHERE seq = 4");
        Path file = folder.resolve("export");

        assertThat(audit("export", "--out", file)).isEqualTo(1);

        assertThat(err.toString())
                .isEqualToNormalizingNewlines(
                        "nothing was exported: the log is not as it was written. First bad row:"
                                + " row 4 of node main (main/4 CHANGED: row 4 was changed: its hash is not that of its fields)\n");
        assertThat(file).doesNotExist();
        assertThat(folder.resolve("export.manifest.json")).doesNotExist();
    }

    @Test
    void aRangeWithoutRowsIsAnEmptyExport() {
        assertThat(audit("export", "--from", "2026-10-02", "--out", folder.resolve("export")))
                .isZero();

        assertThat(out.toString()).startsWith("Exported 0 rows");
        assertThat(execute("audit", "verify", "--from-export", folder.resolve("export")))
                .isZero();
    }

    @Test
    void aTimeThatIsNoneIsWrongUse() {
        assertThat(audit("export", "--from", "yesterday", "--out", folder.resolve("export")))
                .isEqualTo(2);

        assertThat(err.toString()).contains("'yesterday' is no day such as 2026-11-22");
    }
}
