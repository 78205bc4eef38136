package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuggestionTextsOnPostgresTest extends SuggestionTextsContract {
    private static final String PLACE_IN_FILE = "SELECT position('nobody may find'::bytea"
            + " IN pg_read_binary_file(pg_relation_filepath('suggestion_text')))";

    @Override
    TestDatabase newDatabase() {
        return TestDatabase.postgresEmptied();
    }

    /** What {@code forget} leaves behind is free to be overwritten, and is as long as nobody needs the space. */
    @Test
    void anErasedTextIsInNoFileWhenItsTableHasBeenRewritten() {
        append(JournalEntry.of(JournalEvent.INJECTED, "secret", "s-x").withText("a text that nobody may find again"));
        testDatabase.tamper("CHECKPOINT");
        assertThat(testDatabase.query(PLACE_IN_FILE)).isNotEqualTo("0");
        texts.erase("secret", StoredLog.chain(database), NOW);
        assertThat(texts.forget()).isTrue();

        SqliteDatabases.execute(database, "VACUUM FULL suggestion_text");

        testDatabase.tamper("CHECKPOINT");
        assertThat(testDatabase.query(PLACE_IN_FILE)).isEqualTo("0");
    }
}
