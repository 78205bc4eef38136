package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that fails, in one way each, and a journal that goes on. */
@Timeout(30)
class GroupCommitTroubleTest extends GroupCommitFixture {

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
}
