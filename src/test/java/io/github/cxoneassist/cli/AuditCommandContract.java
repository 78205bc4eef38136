package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.ChainKeys;
import io.github.cxoneassist.journal.Checkpoint;
import io.github.cxoneassist.journal.CheckpointMaker;
import io.github.cxoneassist.journal.CheckpointStore;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.GroupCommitJournal;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JdbcStore;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.JournalLock;
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.SigningKey;
import io.github.cxoneassist.journal.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands on a log of ten rows that was written on the first of October, with the published keys. */
abstract class AuditCommandContract {
    private static final Path VECTORS = Path.of("docs/audit/vectors").toAbsolutePath();

    private static final Path CHAIN_KEYS = VECTORS.resolve("test-chain-keys.txt");

    private static final Path SIGNING_KEY = VECTORS.resolve("test-signing-key.pem");

    private static final Path PUBLIC_KEY = VECTORS.resolve("test-public-key.pem");

    private static final Instant WRITTEN = Instant.parse("2026-10-01T08:00:00Z");

    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    TestDatabase testDatabase;
    private DatabaseSettings operator;
    private Path config;
    /** Where the default anchor is, or else what {@code verify} is told. */
    private Path anchors;

    abstract TestDatabase newDatabase();

    /** The file of the default anchor; empty where that is not a test's to write. */
    abstract Optional<Path> defaultAnchors();

    @BeforeEach
    void write() throws Exception {
        testDatabase = newDatabase();
        operator = testDatabase.operator();
        config = folder.resolve("settings.properties");
        configure("cxone.audit.chain-key-file = " + CHAIN_KEYS + "\ncxone.audit.signing-key-file = " + SIGNING_KEY
                + "\n");
        Clock clock = Clock.fixed(WRITTEN, ZoneOffset.UTC);
        ChainKeys keys = ChainKeys.read(CHAIN_KEYS);
        try (HikariDataSource opened = testDatabase.open()) {
            try (GroupCommitJournal journal =
                    new GroupCommitJournal(new JdbcStore(opened), "main", keys, clock, Thread::new, 100, 10)) {
                for (int i = 1; i <= 10; i++) {
                    journal.append(JournalEntry.of(JournalEvent.INJECTED, "call-" + i % 2, "s-" + i)
                            .withText("Text of s-" + i));
                }
            }
            CheckpointStore checkpoints = new CheckpointStore(opened);
            new CheckpointMaker(
                            new JdbcJournalReader(opened), checkpoints, keys, SigningKey.read(SIGNING_KEY), clock, 4)
                    .make("main");
            List<String> anchored = new ArrayList<>();
            checkpoints.notAnchored(10).stream().map(Checkpoint::toJson).forEach(anchored::add);
            anchors = defaultAnchors().orElse(folder.resolve("kept.jsonl"));
            Files.write(anchors, anchored);
        }
    }

    @AfterEach
    void close() {
        testDatabase.close();
    }

    @Test
    void aLogAsItWasWrittenIsSaidToBe() {
        assertThat(audit("verify")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        main: 10 rows, 1 to 10, 10 with keyed hashes; 3 checkpoints up to row 10, 3 with a good signature; \
                        anchored up to row 10

                        The audit log is as it was written.
                        """);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theFirstBadRowIsNamed() {
        testDatabase.tamper("UPDATE audit_event SET reason = 'x' WHERE seq IN (4, 7)");

        assertThat(audit("verify")).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "The audit log is NOT as it was written. First bad row: row 4 of node main",
                        "  main/4 CHANGED: row 4 was changed: its hash is not that of its fields",
                        "  main/7 CHANGED: row 7 was changed: its hash is not that of its fields");
    }

    @Test
    void aTailThatWasCutOffWithItsCheckpointsIsKnownToTheAnchor() {
        testDatabase.tamper(
                "DELETE FROM suggestion_text WHERE seq > 8",
                "DELETE FROM audit_event WHERE seq > 8",
                "DELETE FROM audit_checkpoint WHERE seq > 8");

        assertThat(audit("verify")).isEqualTo(1);

        assertThat(out.toString())
                .contains("First bad row: row 9 of node main", "main/9 TAIL_CUT: the rows from 9 on are missing");
    }

    @Test
    void linesOfTheAnchorThatCannotBeReadAreShown() throws Exception {
        Files.writeString(anchors, "{\"format\":\"cxone\nrubbish\n", StandardOpenOption.APPEND);

        assertThat(audit("verify")).isZero();

        assertThat(out.toString()).contains("Of the anchor's lines, 2 cannot be read as a checkpoint: lines 4, 5.");
    }

    @Test
    void anAnchorThatIsNamedAndHoldsNoCheckpointIsWrongUse() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "nothing\n");

        assertThat(audit("verify", "--anchors", empty)).isEqualTo(2);

        assertThat(err.toString()).isEqualToNormalizingNewlines("--anchors: " + empty + " holds no checkpoint\n");
    }

    @Test
    void whatCouldNotBeCheckedIsSaid() throws Exception {
        configure("cxone.audit.anchor = log:x\n");
        Files.delete(anchors);

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains(
                        "Not checked: 10 keyed hashes, for want of --chain-key-file.",
                        "Not checked: signatures, for want of --public-key.",
                        "Not checked: against checkpoints kept outside, for want of --anchors.");
    }

    @Test
    void keysAndAnchorsMayComeFromElsewhere() throws Exception {
        configure("");
        Path kept = Files.move(anchors, folder.resolve("elsewhere"));

        assertThat(audit("verify", "--anchors", kept, "--public-key", PUBLIC_KEY, "--chain-key-file", CHAIN_KEYS))
                .isZero();

        assertThat(out.toString()).doesNotContain("Not checked").contains("anchored up to row 10");
    }

    @Test
    void rowsThatNoCheckpointCoversAreSaidToBeUncovered() throws Exception {
        testDatabase.tamper("DELETE FROM audit_checkpoint WHERE seq > 8");
        Files.delete(anchors);

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains("Of main, the last 2 rows are covered by no checkpoint yet: they could be cut off unseen.");
    }

    @Test
    void rowsBehindTheLastAnchoredCheckpointAreSaidToBeBehindIt() throws Exception {
        Files.write(anchors, Files.readAllLines(anchors).subList(0, 2));
        assertThat(audit("hold", "set", "--interaction", "call-1", "--reason", "a lawsuit"))
                .isZero();

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains(
                        "main.operator: 1 row, 1 to 1, 1 with a keyed hash; 1 checkpoint up to row 1, 1 with a good signature",
                        "Of main, the last 2 rows are behind the last anchored checkpoint: they could be cut off unseen.",
                        "Of main.operator, the last 1 row is behind the last anchored checkpoint: they could be cut off");
    }

    @Test
    void whatAKeyFromBeforeSignedIsNotCheckedAndAccusesNobodyUnlessAllKeysAreNamed() throws Exception {
        Path newKey = newSigningKey();
        configure("cxone.audit.chain-key-file = " + CHAIN_KEYS + "\ncxone.audit.signing-key-file = " + newKey + "\n");

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains(
                        "Not checked: 3 signatures of keys that are not known. Name all public keys by --public-key or"
                                + " cxone.audit.public-keys-file.");
        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("archive"), "--erase-texts"))
                .isZero();
        assertThat(audit("verify")).isZero();
    }

    @Test
    void theKeysFromBeforeMayStandInTheSettings() throws Exception {
        configure("cxone.audit.chain-key-file = " + CHAIN_KEYS + "\ncxone.audit.signing-key-file = " + newSigningKey()
                + "\ncxone.audit.public-keys-file = " + PUBLIC_KEY + "\n");

        assertThat(audit("verify")).isZero();

        assertThat(out.toString())
                .contains("3 checkpoints up to row 10, 3 with a good signature")
                .doesNotContain("Not checked");
    }

    @Test
    void whoNamesAllKeysHearsOfASignatureOfAnother() throws Exception {
        Path other = Files.writeString(
                folder.resolve("other.pem"), SigningKey.read(newSigningKey()).publicPem());

        assertThat(audit("verify", "--public-key", other, "--anchors", anchors)).isEqualTo(1);

        assertThat(out.toString())
                .contains("main/1 SIGNATURE: the checkpoint of the rows up to 4 is signed by the key");
    }

    private Path newSigningKey() throws Exception {
        String der = Base64.getMimeEncoder()
                .encodeToString(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        return Files.writeString(
                folder.resolve("new-key.pem"), "-----BEGIN PRIVATE KEY-----\n" + der + "\n-----END PRIVATE KEY-----\n");
    }

    @Test
    void allSettingsThatAreWrongAreNamedAtOnce() throws Exception {
        Files.writeString(
                config,
                "cxone.node = a b\ncxone.audit.text-days = -1\ncxone.audit.chain-key-file = " + folder + "/none\n");

        assertThat(audit("verify")).isEqualTo(2);

        assertThat(err.toString().lines()).hasSize(3);
        assertThat(err.toString())
                .contains("cxone.node is 'a b'.", "cxone.audit.text-days is '-1'.", "cxone.audit.chain-key-file: the");
    }

    @Test
    void anOptionThatDoesNotExistIsWrongUse() {
        assertThat(audit("verify", "--nothing")).isEqualTo(2);
    }

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

    private void archiveTheFirstRows() {
        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("old"), "--erase-texts"))
                .isZero();
    }

    @Test
    void anInteractionThatNeverWasIsNotErased() {
        assertThat(audit("erase", "--interaction", "call-7")).isEqualTo(1);

        assertThat(err.toString()).isEqualToNormalizingNewlines("nothing is known of interaction call-7\n");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aSingleOneIsNotCalledSeveral() {
        testDatabase.tamper("DELETE FROM suggestion_text WHERE seq > 1");

        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("old")))
                .isEqualTo(1);
        assertThat(audit("erase", "--interaction", "call-1")).isZero();

        assertThat(err.toString()).startsWith("nothing was archived: 1 text of a suggestion belongs to these rows");
        assertThat(out.toString()).isEqualToNormalizingNewlines("Erased 1 text.\n");
    }

    @Test
    void whatIsWrongWithoutBeingARowIsNotSaidToBeOne() {
        testDatabase.tamper("INSERT INTO legal_hold VALUES ('call-1', '2026-10-01T08:00:00.000000Z', 'x')");

        assertThat(audit("verify")).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "The audit log is NOT as it was written. First bad row: none, what is wrong is not a row",
                        "  -/0 LEGAL_HOLD: the legal hold on interaction call-1 was set by nobody");
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

    @Test
    void anErasedTextIsGoneAndTheLogVerifies() {
        assertThat(audit("erase", "--interaction", "call-1")).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines("Erased 5 texts.\n");
        assertThat(testDatabase.query("SELECT COUNT(*) FROM suggestion_text")).isEqualTo("5");
        assertThat(audit("verify")).isZero();
    }

    @Test
    void textsAreErasedByTheirAgeToo() {
        assertThat(audit("erase", "--older-than-days", 1)).isZero();

        assertThat(testDatabase.query("SELECT COUNT(*) FROM suggestion_text")).isEqualTo("0");
    }

    @Test
    void aHoldStopsErasureUntilItIsReleased() {
        assertThat(audit("hold", "set", "--interaction", "call-1", "--reason", "a lawsuit"))
                .isZero();
        assertThat(audit("erase", "--interaction", "call-1")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing was erased: interaction call-1 is under a legal hold since ");
        assertThat(audit("hold", "list")).isZero();
        assertThat(out.toString()).containsPattern("Z  interaction call-1: a lawsuit");

        assertThat(audit("hold", "release", "--interaction", "call-1", "--reason", "settled"))
                .isZero();

        assertThat(audit("erase", "--interaction", "call-1")).isZero();
        assertThat(operatorEvents()).containsExactly("legal_hold_set", "legal_hold_released", "erased");
    }

    @Test
    void anArchiveIsVerifiedAndTheRestOfTheLogVerifies() {
        Path file = folder.resolve("archive");

        assertThat(audit("archive", "--before", "2026-11-01", "--out", file, "--erase-texts"))
                .isZero();

        assertThat(out.toString())
                .isEqualToNormalizingNewlines("Archived 8 rows in " + file
                        + " (keep archive.manifest.json with it), and removed them with 8 texts.\n");
        assertThat(testDatabase.query("SELECT MIN(seq) FROM audit_event")).isEqualTo("1");
        assertThat(testDatabase.query("SELECT MIN(seq) FROM audit_event WHERE node = 'main'"))
                .isEqualTo("9");
        assertThat(audit("verify")).isZero();
        assertThat(out.toString()).contains("Archived of main: rows 1 to 8, in archive with the SHA-256 ");
        assertThat(execute("audit", "verify", "--from-export", file)).isZero();
    }

    @Test
    void anArchiveSaysOfHowManyDeadLettersItTookTheRows() throws Exception {
        // not by tampering, which takes the guard of the log off
        try (Connection connection = testDatabase.connect();
                Statement statement = connection.createStatement()) {
            for (int seq : new int[] {3, 8, 9}) {
                statement.execute("INSERT INTO webhook_dead VALUES ('kb', 'main', " + seq
                        + ", 'call-1', 'injected', 3, 'status 404', '2026-10-02')");
            }
        }

        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("archive"), "--erase-texts"))
                .isZero();

        assertThat(out.toString())
                .endsWith("2 dead letters of webhooks cannot be replayed any more." + System.lineSeparator());
    }

    @Test
    void anArchiveThatIsRefusedSaysWhy() {
        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("archive")))
                .isEqualTo(1);

        assertThat(err.toString()).startsWith("nothing was archived: 8 texts of suggestions belong to these rows");
    }

    @Test
    void twoOperatorsDoNotWorkAtTheSameTime() {
        try (JournalLock other = JournalLock.take(operator, "main.operator")) {
            other.require();
            assertThat(audit("erase", "--interaction", "call-1")).isEqualTo(2);
        }

        assertThat(err.toString()).contains("another command works on ");
    }

    @Test
    void anOperatorWorksBesideTheApplication() {
        try (JournalLock application = JournalLock.take(testDatabase.settings(), "main")) {
            application.require();
            assertThat(audit("erase", "--interaction", "call-1")).isZero();
        }
    }

    /** Settings of an operator, and these. */
    final void configure(String more) throws IOException {
        configure(operator, more);
    }

    final void configure(DatabaseSettings database, String more) throws IOException {
        configure(config, database, more);
    }

    /** A file of settings. */
    static void configure(Path config, DatabaseSettings database, String more) throws IOException {
        Properties settings = new Properties();
        Map<String, String> all = new HashMap<>();
        all.put("cxone.database-url", database.url());
        if (!database.url().startsWith("jdbc:sqlite:")) {
            // the default is a file where the tests run, for each to find what another left
            all.put("cxone.audit.anchor", "log:anchor");
        }
        all.put("cxone.database-user", database.user());
        all.put("cxone.database-password", database.password());
        all.put("cxone.database-migrate-user", database.migrateUser());
        all.put("cxone.database-migrate-password", database.migratePassword());
        all.forEach((name, value) -> settings.setProperty(name, value == null ? "" : value));
        try (Writer file = Files.newBufferedWriter(config)) {
            settings.store(file, null);
            file.write(more);
        }
    }

    /** The command with the settings; what it verifies by is at hand as it is by default. */
    final int audit(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("audit"));
        all.addAll(Arrays.asList(arguments));
        if (arguments[0].equals("verify")
                && arguments.length == 1
                && defaultAnchors().isEmpty()
                && Files.exists(anchors)) {
            all.addAll(List.of("--anchors", anchors));
        }
        all.add("--config");
        all.add(config);
        return execute(all.toArray());
    }

    final int execute(Object... arguments) {
        CommandLine command =
                CxoneAssist.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    final List<String> operatorEvents() {
        try (HikariDataSource database = JournalDatabase.openToRead(operator)) {
            return new JdbcJournalReader(database)
                    .after("main.operator", 0, Set.of(), 100).stream()
                            .map(JournalRow::event)
                            .toList();
        }
    }
}
