package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GroupCommitJournalOnSqliteTest {
    private static final int THREADS = 16;
    private static final int APPENDS = 2_000;

    @TempDir
    Path folder;

    @Test
    void manyThreadsShareCommitsAndLeaveOneGaplessChain() throws InterruptedException {
        AtomicInteger commits = new AtomicInteger();
        Collection<CompletableFuture<JournalRow>> stages = new ConcurrentLinkedQueue<>();
        try (HikariDataSource database = SqliteDatabases.in(folder)) {
            try (GroupCommitJournal journal = new GroupCommitJournal(
                    new JdbcStore(database), "node-1", Clock.systemUTC(), Thread::new, THREADS * APPENDS, 1_000)) {
                journal.onCommitted(rows -> commits.incrementAndGet());
                List<Thread> threads = IntStream.range(0, THREADS)
                        .mapToObj(thread -> new Thread(() -> appendAll(journal, "thread-" + thread, stages)))
                        .toList();
                threads.forEach(Thread::start);
                for (Thread thread : threads) {
                    thread.join();
                }
            }

            assertThat(stages).hasSize(THREADS * APPENDS).allMatch(stage -> !stage.isCompletedExceptionally());
            JournalReader reader = new JdbcJournalReader(database);
            assertThat(ChainVerifier.verify(reader.rows("node-1")))
                    .isEqualTo(new Verification.Intact(THREADS * APPENDS, reader.head("node-1")));
            Map<String, List<String>> byThread = new HashMap<>();
            Iterable<JournalRow> rows = () -> reader.rows("node-1");
            StreamSupport.stream(rows.spliterator(), false)
                    .forEach(row -> byThread.computeIfAbsent(row.interactionId(), id -> new ArrayList<>())
                            .add(row.suggestionId()));
            List<String> inOrder =
                    IntStream.range(0, APPENDS).mapToObj(i -> "s-" + i).toList();
            assertThat(byThread).hasSize(THREADS);
            assertThat(byThread.values()).allSatisfy(ids -> assertThat(ids).isEqualTo(inOrder));
            assertThat(commits.get()).isLessThan(THREADS * APPENDS / 10);
        }
    }

    private static void appendAll(
            Journal journal, String interactionId, Collection<CompletableFuture<JournalRow>> stages) {
        for (int i = 0; i < APPENDS; i++) {
            JournalEntry entry = JournalEntry.of(JournalEvent.INJECTED, interactionId, "s-" + i);
            stages.add(journal.append(entry).toCompletableFuture());
        }
    }
}
