package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts go, by whom or when they may, and the log stays. */
abstract class SuggestionTextsContract {
    static final Instant NOW = StoredLog.clock().instant();

    /** Behind every row. */
    static final Instant ALL = NOW;

    TestDatabase testDatabase;
    HikariDataSource database;
    SuggestionTexts texts;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void write() {
        testDatabase = newDatabase();
        database = testDatabase.openToTidy();
        StoredLog.store(database, 12, 4);
        texts = new SuggestionTexts(database);
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void theTextsOfAnInteractionGoAndTheLogVerifiesAndSaysSo() {
        assertThat(texts.erase("interaction-1", StoredLog.chain(database), NOW)).isEqualTo(2);

        assertThat(SqliteDatabases.texts(database, StoredLog.NODE))
                .extracting(SuggestionText::interactionId)
                .containsExactly("interaction-0", "interaction-2", "interaction-0", "interaction-2");
        assertThat(StoredLog.verify(database).findings()).isEmpty();
        assertThat(StoredLog.operatorRows(database)).containsExactly("erased {\"texts\":2}");
    }

    @Test
    void anInteractionWithoutTextsLeavesNoRow() {
        append(JournalEntry.of(JournalEvent.ACCEPTED, "interaction-7", "s-x"));

        assertThat(texts.erase("interaction-7", StoredLog.chain(database), NOW)).isZero();

        assertThat(StoredLog.operatorRows(database)).isEmpty();
    }

    @Test
    void anInteractionThatNeverWasIsNotTakenForErased() {
        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> texts.erase("interaction-7", StoredLog.chain(database), NOW))
                .withMessage("nothing is known of interaction interaction-7");

        assertThat(StoredLog.operatorRows(database)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELD", "INJECTED"})
    void whatIsStillToBeSentOrAnsweredKeepsThem(JournalEvent event) {
        append(open(event, "s-x"));

        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> texts.erase("open", StoredLog.chain(database), NOW))
                .withMessage("nothing was erased: suggestion s-x of interaction open is still to be sent, or to be"
                        + " acknowledged, until " + NOW.plusSeconds(60)
                        + ". End the interaction first: POST /api/interactions/open/end");
        assertThat(SqliteDatabases.texts(database, StoredLog.NODE)).hasSize(7);
    }

    @Test
    void whatHasEndedInItsWindowKeepsNothing() {
        append(
                open(JournalEvent.INJECTED, "s-x"),
                JournalEntry.of(JournalEvent.EXPIRED, "open", "s-x").withReason("interaction_ended"));

        assertThat(texts.erase("open", StoredLog.chain(database), NOW)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 500})
    void onlyThoseOfOlderRowsRunOutHoweverLargeABatchIs(int batch) {
        Instant before = Chains.START.plusMillis(6);
        assertThat(texts.countOlderThan(before, NOW)).isEqualTo(3);

        assertThat(texts.eraseOlderThan(before, NOW, batch)).isEqualTo(3);

        assertThat(SqliteDatabases.texts(database, StoredLog.NODE))
                .extracting(SuggestionText::seq)
                .containsExactly(7L, 9L, 11L);
        assertThat(StoredLog.verify(database).findings()).isEmpty();
    }

    @Test
    void whatARestartNeedsDoesNotRunOut() {
        append(open(JournalEvent.HELD, "s-x"));

        assertThat(texts.eraseOlderThan(NOW.plus(Duration.ofDays(1)), NOW, 500)).isEqualTo(6);

        assertThat(SqliteDatabases.texts(database, StoredLog.NODE))
                .extracting(SuggestionText::interactionId)
                .containsExactly("open");
    }

    @Test
    void anOperatorWhoErasesByAgeIsOnRecord() {
        assertThat(texts.eraseOlderThan(ALL, NOW, 500, StoredLog.chain(database), 30))
                .isEqualTo(6);

        assertThat(StoredLog.operatorRows(database))
                .containsExactly("erased {\"before\":\"2026-11-23T08:00:00.123456Z\",\"textDays\":30,\"texts\":6}");
    }

    @Test
    void aReaderThatDoesNotStopIsTold() throws Exception {
        try (Connection reader = database.getConnection();
                Statement statement = reader.createStatement()) {
            // what it has seen once it goes on seeing
            reader.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            reader.setAutoCommit(false);
            try (ResultSet held = statement.executeQuery("SELECT * FROM audit_event")) {
                held.next();
                texts.erase("interaction-1", StoredLog.chain(database), NOW);
                Thread.currentThread().interrupt();

                assertThat(texts.forget()).isFalse();
                assertThat(Thread.interrupted()).isTrue();
            }
            reader.rollback();
        }
        assertThat(texts.forget()).isTrue();
    }

    private static JournalEntry open(JournalEvent event, String id) {
        return JournalEntry.of(event, "open", id)
                .withDetail("windowEnd", NOW.plusSeconds(60).toString())
                .withText("a text that is needed");
    }

    void append(JournalEntry... entries) {
        ChainHead head = new JdbcJournalReader(database).head(StoredLog.NODE);
        List<JournalRow> rows = new ArrayList<>();
        List<SuggestionText> written = new ArrayList<>();
        for (JournalEntry entry : entries) {
            JournalRow row = HashChain.next(head, StoredLog.NODE, NOW, entry, AuditLog.KEY);
            rows.add(row);
            if (entry.text() != null) {
                written.add(new SuggestionText(StoredLog.NODE, row.seq(), row.interactionId(), entry.text()));
            }
            head = ChainHead.of(row);
        }
        new JdbcStore(database).write(new JournalBatch(rows, written));
    }
}
