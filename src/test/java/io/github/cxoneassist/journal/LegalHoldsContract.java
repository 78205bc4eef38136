package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held stays, whoever wants it gone, until somebody lets go of it. */
abstract class LegalHoldsContract {
    private static final Instant NOW = StoredLog.clock().instant();

    private TestDatabase testDatabase;
    private HikariDataSource database;
    private SuggestionTexts texts;

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

    @Test
    void whatIsHeldDoesNotRunOut() {
        StoredLog.holds(database).set("interaction-1", "a lawsuit");

        assertThat(texts.eraseOlderThan(NOW, NOW, 2)).isEqualTo(4);

        assertThat(SqliteDatabases.texts(database, StoredLog.NODE))
                .extracting(SuggestionText::interactionId)
                .containsExactly("interaction-1", "interaction-1");
    }

    @Test
    void nothingRunsOutWhileEverythingIsHeld() {
        StoredLog.holds(database).set(LegalHolds.ALL, "an audit");

        assertThat(texts.countOlderThan(NOW, NOW)).isZero();
        assertThat(texts.eraseOlderThan(NOW, NOW, 2)).isZero();
    }
}
