package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What SQL leaves out makes no difference. */
abstract class RecoveryReaderProperties {
    private TestDatabase testDatabase;
    private HikariDataSource database;
    private int histories;

    abstract TestDatabase newDatabase();

    @BeforeProperty
    void open() {
        testDatabase = newDatabase();
        database = testDatabase.open();
    }

    @AfterProperty
    void close() {
        database.close();
        testDatabase.close();
    }

    @Property(tries = 200)
    void whatIsReadIsTheFoldOfTheWholeJournal(@ForAll("histories") List<SuggestionStep> steps) {
        // nothing can be deleted from a journal: each history is that of a node of its own
        String node = "node-" + ++histories;
        write(node, steps);
        SuggestionFold whole = new SuggestionFold(SuggestionHistories.NOW);
        steps.forEach(whole::add);

        List<OpenSuggestion> read = new ArrayList<>();
        new JdbcRecoveryReader(database).openSuggestions(node, SuggestionHistories.NOW, read::add, rows -> {});

        assertThat(read)
                .isEqualTo(whole.suggestions().stream()
                        .sorted(Comparator.comparing(OpenSuggestion::interactionId))
                        .toList());
    }

    @Provide
    Arbitrary<List<SuggestionStep>> histories() {
        return SuggestionHistories.any();
    }

    private void write(String node, List<SuggestionStep> steps) {
        List<JournalRow> rows = steps.stream().map(step -> row(node, step)).toList();
        List<SuggestionText> texts = steps.stream()
                .filter(step -> step.text() != null)
                .map(step -> new SuggestionText(node, step.seq(), step.interactionId(), step.text()))
                .toList();
        new JdbcStore(database).write(new JournalBatch(rows, texts));
    }

    private static JournalRow row(String node, SuggestionStep step) {
        return new JournalRow(
                node,
                step.seq(),
                step.at(),
                step.event().wireName(),
                step.interactionId(),
                step.suggestionId(),
                step.reason(),
                step.details().toString(),
                // follows the one before, and no more is looked at
                "0".repeat(64),
                "0".repeat(64));
    }
}
