package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cxoneassist.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A journal over a store in memory, by a clock that the test turns. */
abstract class GroupCommitFixture {
    final MemoryStore memory = new MemoryStore();
    final TestClock clock = new TestClock(Chains.START);
    final List<GroupCommitJournal> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(GroupCommitJournal::close);
    }

    GroupCommitJournal journal(JournalStore store) {
        return open(store, GroupCommitJournal.DEFAULT_CAPACITY, GroupCommitJournal.DEFAULT_MAX_BATCH);
    }

    GroupCommitJournal open(JournalStore store, int capacity, int maxBatch) {
        GroupCommitJournal journal = new GroupCommitJournal(store, "node-1", clock, Thread::new, capacity, maxBatch);
        opened.add(journal);
        return journal;
    }

    static List<CompletionStage<JournalRow>> appendMany(GroupCommitJournal journal, int from, int to) {
        return names(from, to).stream()
                .map(name -> journal.append(Chains.injected(name)))
                .toList();
    }

    static List<String> names(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "s-" + i).toList();
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    static void assertFails(CompletionStage<JournalRow> stage, String message) {
        assertThatThrownBy(() -> join(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(JournalException.class)
                .hasMessage(message);
    }

    void assertIntact(long rows) {
        assertThat(ChainVerifier.verify(memory.rows().iterator()))
                .isEqualTo(new Verification.Intact(rows, memory.head("node-1")));
    }
}
