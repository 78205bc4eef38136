package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTextsTest {
    private static final Instant NOW = StoredLog.clock().instant();
    /** Behind every row. */
    private static final Instant ALL = NOW;

    @TempDir
    Path folder;

    private HikariDataSource database;
    private SuggestionTexts texts;

    @BeforeEach
    void write() {
        database = StoredLog.in(folder, 12, 4);
        texts = new SuggestionTexts(database);
    }

    @AfterEach
    void close() {
        database.close();
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
        assertThat(texts.erase("interaction-7", StoredLog.chain(database), NOW)).isZero();

        assertThat(StoredLog.operatorRows(database)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interaction-1", "*"})
    void aLegalHoldKeepsThem(String held) {
        StoredLog.holds(database).set(held, "a lawsuit");

        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> texts.erase("interaction-1", StoredLog.chain(database), NOW))
                .withMessage("nothing was erased: " + (held.equals("*") ? "everything" : "interaction interaction-1")
                        + " is under a legal hold since 2026-11-23T08:00:00.123456Z (a lawsuit)");
        assertThat(SqliteDatabases.texts(database, StoredLog.NODE)).hasSize(6);
        assertThat(StoredLog.operatorRows(database)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELD", "INJECTED"})
    void whatIsStillToBeSentOrAnsweredKeepsThem(JournalEvent event) {
        append(open(event, "s-x"));

        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> texts.erase("open", StoredLog.chain(database), NOW))
                .withMessage("nothing was erased: suggestion s-x of interaction open is still to be sent, or to be"
                        + " answered, until " + NOW.plusSeconds(60)
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

    @Test
    void anErasedTextIsInNoFileOfTheDatabase() throws IOException {
        String secret = "a text that nobody may find again";
        append(JournalEntry.of(JournalEvent.INJECTED, "secret", "s-x").withText(secret));
        assertThat(filesWith(secret)).isNotEmpty();

        texts.erase("secret", StoredLog.chain(database), NOW);

        assertThat(texts.forget()).isTrue();
        assertThat(filesWith(secret)).isEmpty();
    }

    @Test
    void aReaderThatDoesNotStopIsTold() throws Exception {
        try (Connection reader = database.getConnection();
                Statement statement = reader.createStatement()) {
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
    void whatIsHeldDoesNotRunOut() {
        StoredLog.holds(database).set("interaction-1", "a lawsuit");

        assertThat(texts.eraseOlderThan(ALL, NOW, 2)).isEqualTo(4);

        assertThat(SqliteDatabases.texts(database, StoredLog.NODE))
                .extracting(SuggestionText::interactionId)
                .containsExactly("interaction-1", "interaction-1");
    }

    @Test
    void nothingRunsOutWhileEverythingIsHeld() {
        StoredLog.holds(database).set(LegalHolds.ALL, "an audit");

        assertThat(texts.countOlderThan(ALL, NOW)).isZero();
        assertThat(texts.eraseOlderThan(ALL, NOW, 2)).isZero();
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
    void aHoldIsSetOnceAndReleasedOnceBothOnRecord() {
        LegalHolds holds = StoredLog.holds(database);
        holds.set("interaction-1", "a lawsuit");
        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> holds.set("interaction-1", "again"))
                .withMessage("interaction interaction-1 is held already, since 2026-11-23T08:00:00.123456Z");
        assertThat(holds.all())
                .containsExactly(new LegalHolds.Hold("interaction-1", "2026-11-23T08:00:00.123456Z", "a lawsuit"));

        holds.release("interaction-1", "settled");

        assertThat(holds.all()).isEmpty();
        assertThatExceptionOfType(AuditRefusedException.class)
                .isThrownBy(() -> holds.release("interaction-1", "again"))
                .withMessage("there is no legal hold on interaction interaction-1");
        assertThat(StoredLog.operatorRows(database))
                .containsExactly(
                        "legal_hold_set {\"all\":false,\"why\":\"a lawsuit\"}",
                        "legal_hold_released {\"all\":false,\"why\":\"settled\"}");
        assertThat(StoredLog.verify(database).findings()).isEmpty();
    }

    private static JournalEntry open(JournalEvent event, String id) {
        return JournalEntry.of(event, "open", id)
                .withDetail("windowEnd", NOW.plusSeconds(60).toString())
                .withText("a text that is needed");
    }

    private void append(JournalEntry... entries) {
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

    private List<Path> filesWith(String text) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = new ArrayList<>();
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
            return found;
        }
    }
}
