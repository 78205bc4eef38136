package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store does. A subclass hands in an empty one, its reader, and a way to see the texts. */
public abstract class JournalStoreContract {
    protected abstract JournalStore store();

    protected abstract JournalReader reader();

    /** The texts of a node, in the order of their rows. */
    protected abstract List<SuggestionText> texts(String node);

    @Test
    public void theHeadOfANodeThatNeverWroteIsTheGenesis() {
        assertThat(store().head("node-1")).isEqualTo(ChainHead.GENESIS);
        assertThat(reader().head("node-1")).isEqualTo(ChainHead.GENESIS);
    }

    @Test
    public void aBatchIsReadBackExactly() {
        List<JournalRow> rows = Chains.of(
                "node-1",
                Chains.injected("s-1"),
                JournalEntry.of(JournalEvent.DISCONNECTED).withReason("1006"));

        store().write(new JournalBatch(rows, List.of()));

        assertThat(reader().after("node-1", 0, Set.of(), 10)).isEqualTo(rows);
    }

    @Test
    public void theHeadIsTheLastRowWritten() {
        List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"), Chains.injected("s-2"));

        store().write(new JournalBatch(rows, List.of()));

        ChainHead head = new ChainHead(2, rows.get(1).hash(), rows.get(1).at());
        assertThat(store().head("node-1")).isEqualTo(head);
        assertThat(reader().head("node-1")).isEqualTo(head);
    }

    @Test
    public void aSecondBatchFollowsTheFirst() {
        List<JournalRow> first = Chains.of("node-1", Chains.injected("s-1"));
        store().write(new JournalBatch(first, List.of()));

        List<JournalRow> second = Chains.after(store().head("node-1"), "node-1", Chains.injected("s-2"));
        store().write(new JournalBatch(second, List.of()));

        assertThat(reader().after("node-1", 0, Set.of(), 10)).containsExactly(first.get(0), second.get(0));
    }

    @Test
    public void aRowThatExistsIsRefused() {
        List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"));
        store().write(new JournalBatch(rows, List.of()));
        List<JournalRow> other = Chains.of("node-1", Chains.injected("s-2"));

        assertThatThrownBy(() -> store().write(new JournalBatch(other, List.of())))
                .isInstanceOf(RuntimeException.class);

        assertThat(reader().after("node-1", 0, Set.of(), 10)).isEqualTo(rows);
    }

    @Test
    public void nothingOfABatchIsWrittenWhenItsLastRowConflicts() {
        List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"), Chains.injected("s-2"));
        List<JournalRow> first = List.of(rows.get(0));
        store().write(new JournalBatch(first, List.of()));
        JournalBatch conflicting = new JournalBatch(
                List.of(rows.get(1), rows.get(0)), List.of(new SuggestionText("node-1", 2, "interaction-1", "text")));

        assertThatThrownBy(() -> store().write(conflicting)).isInstanceOf(RuntimeException.class);

        assertThat(reader().after("node-1", 0, Set.of(), 10)).isEqualTo(first);
        assertThat(texts("node-1")).isEmpty();
    }

    @Test
    public void aBatchCanBeWrittenAfterOneThatWasRefused() {
        List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"), Chains.injected("s-2"));
        store().write(new JournalBatch(List.of(rows.get(0)), List.of()));
        assertThatThrownBy(() -> store().write(new JournalBatch(rows, List.of())))
                .isInstanceOf(RuntimeException.class);

        store().write(new JournalBatch(List.of(rows.get(1)), List.of()));

        assertThat(reader().after("node-1", 0, Set.of(), 10)).isEqualTo(rows);
    }

    @Test
    public void textsAreStoredBesideTheirRows() {
        List<JournalRow> rows = Chains.of("node-1", Chains.injected("s-1"), Chains.injected("s-2"));
        SuggestionText first = new SuggestionText("node-1", 1, "interaction-1", "Text of s-1");
        SuggestionText withoutInteraction = new SuggestionText("node-1", 2, null, "Text of s-2");

        store().write(new JournalBatch(rows, List.of(first, withoutInteraction)));

        assertThat(texts("node-1")).containsExactly(first, withoutInteraction);
    }

    @Test
    public void nodesDoNotMix() {
        List<JournalRow> one = Chains.of("node-1", Chains.injected("s-1"));
        List<JournalRow> two = Chains.of("node-2", Chains.injected("s-2"), Chains.injected("s-3"));

        store().write(new JournalBatch(one, List.of()));
        store().write(new JournalBatch(two, List.of()));

        assertThat(reader().after("node-1", 0, Set.of(), 10)).isEqualTo(one);
        assertThat(reader().after("node-2", 0, Set.of(), 10)).isEqualTo(two);
        assertThat(store().head("node-1").seq()).isEqualTo(1);
        assertThat(store().head("node-2").seq()).isEqualTo(2);
        assertThat(reader().nodes()).containsExactly("node-1", "node-2");
    }

    @Test
    public void unusualCharactersSurvive() {
        String unusual =
                "O'Brien \"q\" \\ ; -- ? :#x ${y} %s \t\r\n\u0001\u001f\u007f\u0085\u2028 é e\u0301 漢字 😀\uFFFD";
        JournalEntry entry = JournalEntry.of(JournalEvent.INJECTED, unusual + "1", unusual + "2")
                .withReason(unusual)
                .withDetail(unusual, unusual + "\u0000")
                .withText(unusual);
        List<JournalRow> rows = Chains.of("node " + unusual, entry);
        SuggestionText text = new SuggestionText("node " + unusual, 1, unusual + "1", unusual);

        store().write(new JournalBatch(rows, List.of(text)));

        assertThat(reader().after("node " + unusual, 0, Set.of(), 10)).isEqualTo(rows);
        assertThat(texts("node " + unusual)).containsExactly(text);
    }

    @Test
    public void aBatchOfAThousandRowsIsWrittenWhole() {
        JournalEntry[] entries = new JournalEntry[1_000];
        Arrays.setAll(entries, i -> Chains.injected("s-" + i));
        List<JournalRow> rows = Chains.of("node-1", entries);

        store().write(new JournalBatch(rows, List.of()));

        assertThat(reader().after("node-1", 0, Set.of(), 2_000)).isEqualTo(rows);
    }
}
