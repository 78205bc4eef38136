package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who hears of commits, and what the end of the journal means to whoever still waits. */
@Timeout(30)
class GroupCommitListenersTest extends GroupCommitFixture {

    @Test
    void aListenerHearsOfEachCommitInOrder() {
        GroupCommitJournal journal = open(memory, 1_000, 7);
        List<JournalRow> heard = new CopyOnWriteArrayList<>();
        journal.onCommitted(heard::addAll);

        appendMany(journal, 1, 100);
        journal.close();

        assertThat(heard).isEqualTo(memory.rows()).hasSize(100);
    }

    @Test
    void aListenerHearsNothingOfABatchThatIsNotWritten() {
        GroupCommitJournal journal = journal(new StoreThatFails(memory, Set.of(1)));
        List<JournalRow> heard = new CopyOnWriteArrayList<>();
        journal.onCommitted(heard::addAll);

        assertThatThrownBy(() -> join(journal.append(Chains.injected("s-1")))).isNotNull();
        join(journal.append(Chains.injected("s-2")));
        journal.close();

        assertThat(heard).extracting(JournalRow::suggestionId).containsExactly("s-2");
    }

    @Test
    void aListenerThatThrowsHarmsNeitherTheNextListenerNorTheJournal() {
        GroupCommitJournal journal = journal(memory);
        List<JournalRow> heard = new CopyOnWriteArrayList<>();
        journal.onCommitted(rows -> {
            throw new AssertionError("a listener's own fault");
        });
        journal.onCommitted(heard::addAll);

        join(journal.append(Chains.injected("s-1")));
        join(journal.append(Chains.injected("s-2")));

        await().untilAsserted(() -> assertThat(heard).hasSize(2));
        assertThat(journal.trouble()).isEmpty();
    }

    @Test
    void aListenerMayAppend() {
        GroupCommitJournal journal = journal(memory);
        journal.onCommitted(rows -> {
            if (rows.get(0).seq() == 1) {
                journal.append(Chains.injected("s-2"));
            }
        });

        journal.append(Chains.injected("s-1"));

        await().untilAsserted(() -> assertThat(memory.rows()).hasSize(2));
    }

    @Test
    void closingWritesWhatWaits() {
        StoreThatWaits store = new StoreThatWaits(memory);
        GroupCommitJournal journal = open(store, 100, 10);
        List<CompletionStage<JournalRow>> stages = appendMany(journal, 1, 35);
        store.awaitWrite();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(journal::close);
        await().until(() ->
                journal.append(Chains.injected("late")).toCompletableFuture().isCompletedExceptionally());
        assertThat(closed).isNotDone();
        store.release();

        assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
        assertThat(stages)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isCompleted());
        assertThat(memory.rows().subList(0, 35))
                .extracting(JournalRow::suggestionId)
                .isEqualTo(names(1, 35));
    }

    @Test
    void anAppendAfterCloseFails() {
        GroupCommitJournal journal = journal(memory);
        journal.close();
        journal.close();

        assertFails(journal.append(Chains.injected("s-1")), "the journal is closed");
        assertThat(memory.rows()).isEmpty();
    }

    @Test
    void closingFromTheWritingThreadDoesNotWaitForItself() {
        GroupCommitJournal journal = journal(memory);
        CompletableFuture<Void> closed =
                journal.append(Chains.injected("s-1")).thenRun(journal::close).toCompletableFuture();

        assertThat(closed).succeedsWithin(10, TimeUnit.SECONDS);
    }
}
