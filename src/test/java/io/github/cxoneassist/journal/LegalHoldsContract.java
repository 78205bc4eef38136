package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @ParameterizedTest
    @ValueSource(strings = {"interaction-1", "*"})
    void aHoldThatNobodySetIsNamed(String held) {
        testDatabase.tamper("INSERT INTO legal_hold VALUES ('" + held + "', '2026-11-22T08:00:00.000000Z', 'x')");

        assertThat(StoredLog.verify(database).findings())
                .containsExactly(new Finding(
                        "-",
                        0,
                        Finding.Kind.LEGAL_HOLD,
                        "the legal hold on " + what(held) + " was set by nobody: no row of an operator says so"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"interaction-1", "*"})
    void aHoldThatVanishedIsNamedWithTheRowThatSetIt(String held) {
        StoredLog.holds(database).set("interaction-2", "another lawsuit");
        StoredLog.holds(database).set(held, "a lawsuit");

        testDatabase.tamper("DELETE FROM legal_hold WHERE interaction_id = '" + held + "'");

        assertThat(StoredLog.verify(database).findings())
                .containsExactly(
                        new Finding(
                                "main.operator",
                                2,
                                Finding.Kind.LEGAL_HOLD,
                                "the legal hold on " + what(held)
                                        + " is gone: row 2 of main.operator says that it was set, and none that it was released"));
    }

    @Test
    void aHoldThatCameBackAfterItsReleaseIsNamed() {
        StoredLog.holds(database).set("interaction-1", "a lawsuit");
        StoredLog.holds(database).release("interaction-1", "settled");

        testDatabase.tamper("INSERT INTO legal_hold VALUES ('interaction-1', '2026-11-22T08:00:00.000000Z', 'x')");

        assertThat(StoredLog.verify(database).findings())
                .extracting(Finding::what)
                .containsExactly(
                        "the legal hold on interaction interaction-1 was set by nobody: no row of an operator says so");
    }

    @Test
    void aHoldThatWasMovedToAnotherInteractionIsNamedTwice() {
        StoredLog.holds(database).set("interaction-1", "a lawsuit");

        testDatabase.tamper("UPDATE legal_hold SET interaction_id = 'interaction-0'");

        assertThat(StoredLog.verify(database).findings())
                .extracting(Finding::seq, Finding::kind)
                .containsExactly(tuple(0L, Finding.Kind.LEGAL_HOLD), tuple(1L, Finding.Kind.LEGAL_HOLD));
    }

    @Test
    void aHoldThatIsSetAgainAfterItsReleaseIsNotAccused() {
        LegalHolds holds = StoredLog.holds(database);
        holds.set("interaction-1", "a lawsuit");
        holds.release("interaction-1", "settled");
        holds.set("interaction-1", "an appeal");
        holds.set(LegalHolds.ALL, "an audit");

        assertThat(StoredLog.verify(database).findings()).isEmpty();
    }

    @Test
    void aHoldThatTheOperatorsOfAnotherNodeReleaseBeforeTheirClockIsNotAccused() {
        StoredLog.holds(database).set("interaction-1", "a lawsuit");
        Clock behind = Clock.offset(StoredLog.clock(), Duration.ofMinutes(-5));
        new LegalHolds(
                        database,
                        new OperatorChain(database, "node-2", StoredLog.KEYS, StoredLog.SIGNING, behind),
                        behind)
                .release("interaction-1", "settled");

        assertThat(StoredLog.verify(database).findings()).isEmpty();
    }

    @Test
    void anExportHasNoHoldsToSpeakOf(@TempDir Path folder) {
        testDatabase.tamper("INSERT INTO legal_hold VALUES ('interaction-1', '2026-11-22T08:00:00.000000Z', 'x')");
        Path file = folder.resolve("export");
        StoredLog.export(database, StoredLog.SIGNING).write(null, null, file, ExportFormat.JSONL, rows -> {});

        assertThat(new ExportVerifier(StoredLog.KEYS, StoredLog.PUBLIC, Anchors.NONE, 10)
                        .verify(file, rows -> {})
                        .findings())
                .isEmpty();
    }

    private static String what(String held) {
        return held.equals("*") ? "everything" : "interaction " + held;
    }

    @Test
    void nothingRunsOutWhileEverythingIsHeld() {
        StoredLog.holds(database).set(LegalHolds.ALL, "an audit");

        assertThat(texts.countOlderThan(NOW, NOW)).isZero();
        assertThat(texts.eraseOlderThan(NOW, NOW, 2)).isZero();
    }
}
