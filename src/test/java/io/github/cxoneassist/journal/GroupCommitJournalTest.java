package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitJournalTest {
    private final MemoryStore memory = new MemoryStore();
    private final TestClock clock = new TestClock(Chains.START);
    private final List<GroupCommitJournal> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(GroupCommitJournal::close);
    }

    @Test
    void anIdleJournalCommitsAtOnce() {
        JournalRow row = join(journal(memory).append(Chains.injected("s-1")));

        assertThat(row).isEqualTo(Chains.of("node-1", Chains.injected("s-1")).get(0));
        assertThat(memory.rows()).containsExactly(row);
        assertThat(memory.texts()).containsExactly(new SuggestionText("node-1", 1, "interaction-1", "Text of s-1"));
    }

    @Test
    void aRowIsOnDiskBeforeItsStageCompletes() {
        CompletionStage<Boolean> seen = journal(memory)
                .append(Chains.injected("s-1"))
                .thenApply(row -> memory.rows().contains(row));

        assertThat(join(seen)).isTrue();
    }

    @Test
    void anEntryWithoutTextLeavesNoText() {
        join(journal(memory).append(JournalEntry.of(JournalEvent.CONNECTED)));

        assertThat(memory.texts()).isEmpty();
    }

    @Test
    void whatArrivesDuringACommitIsTheNextBatch() {
        StoreThatWaits store = new StoreThatWaits(memory);
        GroupCommitJournal journal = journal(store);
        journal.append(Chains.injected("s-0"));
        store.awaitWrite();
        List<CompletionStage<JournalRow>> stages = appendMany(journal, 1, 50);

        store.release();

        stages.forEach(GroupCommitJournalTest::join);
        assertThat(memory.commits()).isEqualTo(2);
        assertThat(memory.rows()).extracting(JournalRow::suggestionId).isEqualTo(names(0, 50));
    }

    @Test
    void aBatchHasAtMostSoManyRows() {
        StoreThatWaits store = new StoreThatWaits(memory);
        GroupCommitJournal journal = open(store, 100, 10);
        journal.append(Chains.injected("s-0"));
        store.awaitWrite();
        List<CompletionStage<JournalRow>> stages = appendMany(journal, 1, 25);

        store.release();

        stages.forEach(GroupCommitJournalTest::join);
        assertThat(memory.commits()).isEqualTo(4);
    }

    @Test
    void aFullQueueRefusesAtOnce() {
        StoreThatWaits store = new StoreThatWaits(memory);
        GroupCommitJournal journal = open(store, 3, 1_000);
        journal.append(Chains.injected("s-0"));
        store.awaitWrite();
        List<CompletionStage<JournalRow>> stages = appendMany(journal, 1, 3);

        CompletionStage<JournalRow> refused = journal.append(Chains.injected("s-4"));

        assertThat(journal.queued()).isEqualTo(3);
        assertFails(
                refused,
                "the journal is behind: 3 entries wait to be written, and it takes no more until the"
                        + " database has caught up");
        store.release();
        stages.forEach(GroupCommitJournalTest::join);
        assertThat(memory.rows()).hasSize(4);
        assertThat(journal.queued()).isZero();
    }

    @Test
    void aBatchThatIsNotWrittenFailsItsEntriesAndNoOthers() {
        StoreThatWaits store = new StoreThatWaits(new StoreThatFails(memory, Set.of(1)));
        GroupCommitJournal journal = journal(store);
        CompletionStage<JournalRow> failed = journal.append(Chains.injected("s-0"));
        store.awaitWrite();
        List<CompletionStage<JournalRow>> behind = appendMany(journal, 1, 3);

        store.release();

        assertFails(failed, "1 journal entries were not written: java.lang.IllegalStateException: disk full");
        behind.forEach(GroupCommitJournalTest::join);
        assertThat(memory.rows()).extracting(JournalRow::suggestionId).containsExactly("s-1", "s-2", "s-3");
        assertIntact(3);
    }

    @Test
    void aCommitWhoseAnswerIsLostDoesNotForkTheChain() {
        GroupCommitJournal journal = journal(new StoreThatCommitsAndThenReportsFailure(memory, Set.of(2)));
        join(journal.append(Chains.injected("s-1")));

        assertFails(
                journal.append(Chains.injected("s-2")),
                "1 journal entries were not written: java.lang.IllegalStateException: connection lost during commit");

        assertThat(join(journal.append(Chains.injected("s-3"))).seq()).isEqualTo(3);
        assertIntact(3);
    }

    @Test
    void aHeadThatCannotBeReadFailsTheBatchAndIsReadAgainForTheNext() {
        GroupCommitJournal journal = journal(new StoreThatCannotTellItsHeadOnce(memory));

        assertFails(
                journal.append(Chains.injected("s-1")),
                "1 journal entries were not written: java.lang.IllegalStateException: no connection");

        assertThat(join(journal.append(Chains.injected("s-2"))).seq()).isEqualTo(1);
    }

    @Test
    void anErrorDoesNotEndTheWriter() {
        GroupCommitJournal journal = journal(new StoreThatThrowsErrors(memory));

        assertFails(
                journal.append(Chains.injected("s-1")),
                "1 journal entries were not written: java.lang.NoClassDefFoundError: org/example/Driver");

        assertThat(join(journal.append(Chains.injected("s-2"))).seq()).isEqualTo(1);
    }

    @Test
    void anInterruptDoesNotReachTheNextBatch() {
        GroupCommitJournal journal = journal(new StoreThatInterruptsItsCaller(memory));

        join(journal.append(Chains.injected("s-1")));

        assertThat(join(journal.append(Chains.injected("s-2"))).seq()).isEqualTo(2);
    }

    @Test
    void troubleIsShownUntilABatchIsWritten() {
        GroupCommitJournal journal = journal(new StoreThatFails(memory, Set.of(2)));
        join(journal.append(Chains.injected("s-1")));
        assertThat(journal.trouble()).isEmpty();

        assertThatThrownBy(() -> join(journal.append(Chains.injected("s-2")))).isNotNull();
        // the values of the row, which databases add in further lines, are left out
        assertThat(journal.trouble())
                .contains("1 journal entries were not written: java.lang.IllegalStateException: disk full");

        join(journal.append(Chains.injected("s-3")));
        assertThat(journal.trouble()).isEmpty();
    }

    @Test
    void troubleEndsAfterAWhileWithoutABatchWhenTheDatabaseAnswers() {
        GroupCommitJournal journal = journal(new StoreThatFails(memory, Set.of(1)));
        assertThatThrownBy(() -> join(journal.append(Chains.injected("s-1")))).isNotNull();

        journal.databaseAnswers();
        assertThat(journal.trouble()).isPresent();

        await().untilAsserted(() -> {
            journal.databaseAnswers();
            assertThat(journal.trouble()).isEmpty();
        });
    }

    @Test
    void aChainGoesOnAfterARestart() {
        GroupCommitJournal before = journal(memory);
        JournalRow last = join(before.append(Chains.injected("s-1")));
        before.close();

        JournalRow next = join(journal(memory).append(Chains.injected("s-2")));

        assertThat(next.seq()).isEqualTo(2);
        assertThat(next.prevHash()).isEqualTo(last.hash());
    }

    @Test
    void timeNeverGoesBack() {
        GroupCommitJournal journal = journal(memory);
        join(journal.append(Chains.injected("s-1")));

        clock.set(Chains.START.minusSeconds(3600));

        assertThat(join(journal.append(Chains.injected("s-2"))).at()).isEqualTo(Chains.START);
    }

    @Test
    void timeNeverGoesBackAcrossARestart() {
        GroupCommitJournal before = journal(memory);
        join(before.append(Chains.injected("s-1")));
        before.close();
        clock.set(Chains.START.minusSeconds(3600));

        assertThat(join(journal(memory).append(Chains.injected("s-2"))).at()).isEqualTo(Chains.START);
    }

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

    @Test
    void aCallerCannotCompleteAStageForOthers() {
        StoreThatWaits store = new StoreThatWaits(memory);
        CompletionStage<JournalRow> stage = journal(store).append(Chains.injected("s-1"));

        stage.toCompletableFuture().complete(null);
        store.release();

        assertThat(join(stage)).isEqualTo(memory.rows().get(0));
    }

    @Test
    void aQueueWithoutRoomIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(memory, 0, 1))
                .withMessage("capacity and maxBatch are at least 1, not 0 and 1");
    }

    private GroupCommitJournal journal(JournalStore store) {
        return open(store, GroupCommitJournal.DEFAULT_CAPACITY, GroupCommitJournal.DEFAULT_MAX_BATCH);
    }

    private GroupCommitJournal open(JournalStore store, int capacity, int maxBatch) {
        GroupCommitJournal journal = new GroupCommitJournal(store, "node-1", clock, Thread::new, capacity, maxBatch);
        opened.add(journal);
        return journal;
    }

    private static List<CompletionStage<JournalRow>> appendMany(GroupCommitJournal journal, int from, int to) {
        return names(from, to).stream()
                .map(name -> journal.append(Chains.injected(name)))
                .toList();
    }

    private static List<String> names(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "s-" + i).toList();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void assertFails(CompletionStage<JournalRow> stage, String message) {
        assertThatThrownBy(() -> join(stage))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(JournalException.class)
                .hasMessage(message);
    }

    private void assertIntact(long rows) {
        assertThat(ChainVerifier.verify(memory.rows().iterator()))
                .isEqualTo(new Verification.Intact(rows, memory.head("node-1")));
    }
}
