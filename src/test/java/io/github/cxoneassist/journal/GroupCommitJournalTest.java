package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a row is on disk, and what a batch holds. */
@Timeout(30)
class GroupCommitJournalTest extends GroupCommitFixture {

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
}
