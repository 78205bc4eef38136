package io.github.cxoneassist.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
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
class ArchiveCrashIT {

    private static final int ROWS = 40_000;
    private static final int ARCHIVED = 30_000;
    private static final int KILLS = Integer.getInteger("archive.kills", 4);
    private static final long SEED = Long.getLong("archive.seed", System.nanoTime());

    @TempDir
    Path folder;

    @Test
    void aKillLeavesAllOrNothing() throws Exception {
        write();
        Random random = new Random(SEED);
        int gone = 0;
        for (int i = 0; i < KILLS; i++) {
            Path place = Files.createDirectory(folder.resolve("kill-" + i));
            Files.copy(folder.resolve("log.db"), place.resolve("log.db"));
            Process archive = archive(place);
            // the manifest is there when the export is, and what is left is to verify it and to remove the rows
            Path sign = place.resolve(i % 2 == 0 ? "log.db.operator.lock" : "archive.jsonl.manifest.json");
            while (!Files.exists(sign) && archive.isAlive()) {
                archive.waitFor(5, TimeUnit.MILLISECONDS);
            }
            archive.waitFor(random.nextInt(4_000), TimeUnit.MILLISECONDS);
            archive.destroyForcibly().waitFor();

            long first = check(place);
            gone += first == 1 ? 0 : 1;
            assertThat(first).as("kill %s, seed %s", i, SEED).isIn(1L, ARCHIVED + 1L);
        }
        System.out.printf("archive killed %d times (seed %d): %d times the rows were gone%n", KILLS, SEED, gone);
    }

    private void write() throws Exception {
        Clock clock = Clock.fixed(Instant.parse("2026-10-01T08:00:00Z"), ZoneOffset.UTC);
        try (HikariDataSource database = open(folder)) {
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

    private static Process archive(Path place) throws Exception {
        Path config = Files.writeString(
                place.resolve("settings.properties"),
                "cxone.database-url = jdbc:sqlite:" + place.resolve("log.db") + "\n");
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
    private static long check(Path place) throws Exception {
        try (HikariDataSource database = open(place);
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(new AuditVerifier(ChainKeys.NONE, PublicKeys.NONE, Anchors.NONE, 10)
                            .verify(new JdbcAuditSource(database))
                            .findings())
                    .as("seed %s, it said %s", SEED, Files.readString(place.resolve("out")))
                    .isEmpty();
            try (ResultSet triggers = statement.executeQuery(
                    "SELECT COUNT(*) FROM sqlite_master WHERE name = 'audit_event_never_shrinks'")) {
                assertThat(triggers.getInt(1)).isEqualTo(1);
            }
            try (ResultSet row = statement.executeQuery("SELECT MIN(seq) FROM audit_event WHERE node = 'main'")) {
                return row.getLong(1);
            }
        }
    }

    private static HikariDataSource open(Path place) {
        return JournalDatabase.open(new DatabaseSettings("jdbc:sqlite:" + place.resolve("log.db"), null, null));
    }
}
