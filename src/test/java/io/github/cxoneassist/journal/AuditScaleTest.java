package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log too long to be held: memory follows nothing. The speed is printed, not judged. */
class AuditScaleTest {
    private static final int ROWS = 100_000;
    private static final long SPARE = 12L << 20;

    @TempDir
    static Path folder;

    private static HikariDataSource database;

    @BeforeAll
    static void write() {
        database = SqliteDatabases.in(folder);
        JournalStore store = new JdbcStore(database);
        ChainHead head = ChainHead.GENESIS;
        String padding = "x".repeat(500);
        for (int from = 0; from < ROWS; from += 5_000) {
            List<JournalRow> rows = new ArrayList<>();
            List<SuggestionText> texts = new ArrayList<>();
            for (int i = from; i < from + 5_000; i++) {
                JournalEntry entry = Chains.injected("s-" + i).withDetail("fields", padding);
                JournalRow row = HashChain.next(head, StoredLog.NODE, Chains.START.plusMillis(i), entry, AuditLog.KEY);
                rows.add(row);
                texts.add(new SuggestionText(StoredLog.NODE, row.seq(), row.interactionId(), entry.text()));
                head = ChainHead.of(row);
            }
            store.write(new JournalBatch(rows, texts));
        }
        new CheckpointMaker(
                        new JdbcJournalReader(database),
                        new CheckpointStore(database),
                        StoredLog.KEYS,
                        StoredLog.SIGNING,
                        StoredLog.clock(),
                        10_000)
                .make(StoredLog.NODE);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aVerificationHoldsARowOrTwo() {
        AuditVerifier verifier = new AuditVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 10);

        AuditReport report = measured("verify", progress -> verifier.verify(new JdbcAuditSource(database), progress));

        assertThat(report.findings()).isEmpty();
        assertThat(report.nodes().get(0).rows()).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @EnumSource
    void anExportHoldsAPageOfRowsAndItsVerificationARow(ExportFormat format) {
        Path file = folder.resolve("export." + format.wireName());
        AuditExport export = StoredLog.export(database, StoredLog.SIGNING);
        ExportVerifier verifier = new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 10);

        measured("export as " + format, progress -> export.write(null, null, file, format, progress));

        assertThat(measured("verify " + format, progress -> verifier.verify(file, progress))
                        .findings())
                .isEmpty();
    }

    private static <T> T measured(String what, Function<LongConsumer, T> work) {
        List<Long> heap = new ArrayList<>();
        long began = System.nanoTime();
        T result = work.apply(rows -> {
            if (rows == ROWS / 5 || rows == ROWS - 1_000) {
                heap.add(heapAfterGc());
            }
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%s: %,.0f rows/s, heap %,d KB early, %,d KB late%n",
                what, ROWS / seconds, heap.get(0) >> 10, heap.get(1) >> 10);
        assertThat(heap.get(1) - heap.get(0)).isLessThan(SPARE);
        return result;
    }

    private static long heapAfterGc() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
