package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.cxoneassist.journal.JournalRow;
import io.github.cxoneassist.journal.SigningKey;
import io.github.cxoneassist.journal.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
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
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on a log of ten rows that was written on the first of October, with the published keys. */
abstract class AuditCommandFixture {
    static final Path VECTORS = Path.of("docs/audit/vectors").toAbsolutePath();

    static final Path CHAIN_KEYS = VECTORS.resolve("test-chain-keys.txt");

    static final Path SIGNING_KEY = VECTORS.resolve("test-signing-key.pem");

    static final Path PUBLIC_KEY = VECTORS.resolve("test-public-key.pem");

    static final Instant WRITTEN = Instant.parse("2026-10-01T08:00:00Z");

    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    TestDatabase testDatabase;
    DatabaseSettings operator;
    Path config;
    /** Where the default anchor is, or else what {@code verify} is told. */
    Path anchors;

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

    Path newSigningKey() throws Exception {
        String der = Base64.getMimeEncoder()
                .encodeToString(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded());
        return Files.writeString(
                folder.resolve("new-key.pem"), "-----BEGIN PRIVATE KEY-----\n" + der + "\n-----END PRIVATE KEY-----\n");
    }

    void archiveTheFirstRows() {
        assertThat(audit("archive", "--before", "2026-11-01", "--out", folder.resolve("old"), "--erase-texts"))
                .isZero();
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
