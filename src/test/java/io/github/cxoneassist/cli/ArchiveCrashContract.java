package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.Anchors;
import io.github.cxoneassist.journal.AuditVerifier;
import io.github.cxoneassist.journal.ChainKeys;
import io.github.cxoneassist.journal.CheckpointMaker;
import io.github.cxoneassist.journal.CheckpointStore;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.GroupCommitJournal;
import io.github.cxoneassist.journal.JdbcAuditSource;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JdbcStore;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.JournalEntry;
import io.github.cxoneassist.journal.JournalEvent;
import io.github.cxoneassist.journal.PublicKeys;
import io.github.cxoneassist.journal.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command is killed at a random moment of its work: afterwards all rows are there, or those that it says are gone. */
abstract class ArchiveCrashContract {

    private static final int ROWS = 40_000;
    private static final int ARCHIVED = 30_000;
    private static final int KILLS = Integer.getInteger("archive.kills", 4);
    private static final long SEED = Long.getLong("archive.seed", System.nanoTime());

    @TempDir
    Path folder;

    abstract TestDatabase newDatabase() throws Exception;

    /** The log as it was written, for the next kill. */
    abstract TestDatabase restored(TestDatabase written, Path place) throws Exception;

    @Test
    void aKillLeavesAllOrNothing() throws Exception {
        Random random = new Random(SEED);
        int gone = 0;
        try (TestDatabase written = newDatabase()) {
            write(written);
            for (int i = 0; i < KILLS; i++) {
                Path place = Files.createDirectory(folder.resolve("kill-" + i));
                TestDatabase database = restored(written, place);
                Process archive = archive(database.operator(), place);
                // the manifest is there when the export is, and what is left is to verify it and to remove the rows
                Path sign = place.resolve(i % 2 == 0 ? "archive.jsonl.part" : "archive.jsonl.manifest.json");
                while (!Files.exists(sign) && archive.isAlive()) {
                    archive.waitFor(5, TimeUnit.MILLISECONDS);
                }
                archive.waitFor(random.nextInt(4_000), TimeUnit.MILLISECONDS);
                archive.destroyForcibly().waitFor();

                long first = check(database, place);
                gone += first == 1 ? 0 : 1;
                assertThat(first).as("kill %s, seed %s", i, SEED).isIn(1L, ARCHIVED + 1L);
            }
        }
        System.out.printf("archive killed %d times (seed %d): %d times the rows were gone%n", KILLS, SEED, gone);
    }

    private static void write(TestDatabase written) throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-10-01T08:00:00Z"), ZoneOffset.UTC);
        try (HikariDataSource database = written.open()) {
            try (GroupCommitJournal journal = new GroupCommitJournal(
                    new JdbcStore(database), "main", ChainKeys.NONE, clock, Thread::new, ROWS, 1_000)) {
                CompletionStage<?> last = null;
                for (int i = 0; i < ROWS; i++) {
                    last = journal.append(JournalEntry.of(JournalEvent.IGNORED, "call-" + i % 1_000, "s-" + i)
                            .withDetail("fields", "x".repeat(300)));
                }
                last.toCompletableFuture().get();
            }
            new CheckpointMaker(
                            new JdbcJournalReader(database),
                            new CheckpointStore(database),
                            ChainKeys.NONE,
                            null,
                            clock,
                            10_000)
                    .make("main");
        }
    }

    private static Process archive(DatabaseSettings database, Path place) throws Exception {
        Path config = place.resolve("settings.properties");
        AuditCommandFixture.configure(config, database, "");
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.github.cxoneassist.Main",
                        "audit",
                        "archive",
                        "--before",
                        "2026-11-01",
                        "--out",
                        place.resolve("archive.jsonl").toString(),
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("out").toFile())
                .start();
    }

    /** @return the first row that is there */
    private static long check(TestDatabase database, Path place) throws Exception {
        try (HikariDataSource reader = JournalDatabase.openToRead(database.settings())) {
            assertThat(new AuditVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 10)
                            .verify(new JdbcAuditSource(reader))
                            .findings())
                    .as("seed %s, it said %s", SEED, Files.readString(place.resolve("out")))
                    .isEmpty();
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM audit_event"))
                    .hasMessageContaining("append-only");
        }
        return Long.parseLong(database.query("SELECT MIN(seq) FROM audit_event WHERE node = 'main'"));
    }
}
