package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Goes on after its own rows only. */
class GuardedStoreTest {
    private final MemoryStore disk = new MemoryStore();
    private final List<JournalRow> chain =
            Chains.of("main", Chains.injected("s-1"), Chains.injected("s-2"), Chains.injected("s-3"));

    @Test
    void whatWasThereAtTheStartIsFollowed() {
        disk.write(batch(0));
        GuardedStore store = new GuardedStore(disk, new LockThatIsAlwaysHeld());

        assertThat(store.head("main")).isEqualTo(ChainHead.of(chain.get(0)));
        store.write(batch(1));
        assertThat(store.head("main")).isEqualTo(ChainHead.of(chain.get(1)));
    }

    @Test
    void aRowOfAnotherProcessIsNotFollowed() {
        GuardedStore store = new GuardedStore(disk, new LockThatIsAlwaysHeld());
        store.head("main");
        store.write(batch(0));
        disk.write(batch(1));

        assertThatExceptionOfType(JournalException.class)
                .isThrownBy(() -> store.head("main"))
                .withMessage("another process has written to the journal of node main, so that what this one knows is"
                        + " out of date: restart it");
    }

    @Test
    void aRowOfOurOwnWhoseCommitWasReportedAsAFailureIsFollowed() {
        StoreThatCommitsAndThenReportsFailure unsure = new StoreThatCommitsAndThenReportsFailure(disk, Set.of(1));
        GuardedStore store = new GuardedStore(unsure, new LockThatIsAlwaysHeld());
        store.head("main");

        assertThatThrownBy(() -> store.write(batch(0))).isInstanceOf(RuntimeException.class);

        assertThat(store.head("main")).isEqualTo(ChainHead.of(chain.get(0)));
    }

    private JournalBatch batch(int row) {
        return new JournalBatch(List.of(chain.get(row)), List.of());
    }
}
