package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever fails, the chain is intact, and it holds what callers were told it holds. */
class GroupCommitJournalPropertyTest {
    @Property
    void theChainHoldsExactlyWhatWasConfirmed(
            @ForAll @IntRange(max = 60) int entries,
            @ForAll @IntRange(min = 1, max = 7) int maxBatch,
            @ForAll Set<@IntRange(min = 1, max = 12) Integer> refused) {
        MemoryStore memory = new MemoryStore();
        List<JournalRow> confirmed = append(new StoreThatFails(memory, refused), entries, maxBatch);

        assertThat(memory.rows()).isEqualTo(confirmed);
        assertIntact(memory);
    }

    @Property
    void theChainHoldsAtLeastWhatWasConfirmedAndNothingTwice(
            @ForAll @IntRange(max = 60) int entries,
            @ForAll @IntRange(min = 1, max = 7) int maxBatch,
            @ForAll @Size(max = 12) Set<@IntRange(min = 1, max = 12) Integer> unanswered) {
        MemoryStore memory = new MemoryStore();
        List<JournalRow> confirmed =
                append(new StoreThatCommitsAndThenReportsFailure(memory, unanswered), entries, maxBatch);

        assertThat(memory.rows().stream().filter(confirmed::contains)).containsExactlyElementsOf(confirmed);
        assertThat(memory.rows()).extracting(JournalRow::suggestionId).isEqualTo(names(entries));
        assertIntact(memory);
    }

    private static List<JournalRow> append(JournalStore store, int entries, int maxBatch) {
        List<CompletableFuture<JournalRow>> stages = new ArrayList<>();
        try (GroupCommitJournal journal =
                new GroupCommitJournal(store, "node-1", Clock.systemUTC(), Thread::new, 10_000, maxBatch)) {
            names(entries)
                    .forEach(name ->
                            stages.add(journal.append(Chains.injected(name)).toCompletableFuture()));
        }
        assertThat(stages).allMatch(CompletableFuture::isDone);
        return stages.stream()
                .filter(stage -> !stage.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .toList();
    }

    private static List<String> names(int entries) {
        return IntStream.range(0, entries).mapToObj(i -> "s-" + i).toList();
    }

    private static void assertIntact(MemoryStore memory) {
        assertThat(ChainVerifier.verify(memory.rows().iterator()))
                .isEqualTo(new Verification.Intact(memory.rows().size(), memory.head("node-1")));
    }
}
