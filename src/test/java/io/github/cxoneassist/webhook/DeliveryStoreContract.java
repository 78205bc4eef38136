package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.TestClock;
import io.github.cxoneassist.journal.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries and dead letters in one kind of database. */
abstract class DeliveryStoreContract {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123456Z");

    private TestDatabase testDatabase;
    private HikariDataSource database;
    private DeliveryStore store;
    private DeadLetters letters;
    private String generation;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void openDatabase() {
        testDatabase = newDatabase();
        database = testDatabase.open();
        store = new JdbcDeliveryStore(database, "main");
        letters = new DeadLetters(database, "main", "main-0123456789ab", new TestClock(NOW));
        store.begin("kb", 10);
        generation = store.place("kb").orElseThrow().generation();
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void aSubscriberThatNeverBeganHasNoCursor() {
        assertThat(store.cursor("crm")).isEmpty();
    }

    @Test
    void aBeginningDoesNotMoveACursorThatIsThere() {
        store.begin("kb", 99);

        assertThat(store.cursor("kb")).hasValue(10);
    }

    @Test
    void aCursorOfAnotherNodeSaysNothing() {
        assertThat(new JdbcDeliveryStore(database, "node-2").cursor("kb")).isEmpty();
    }

    @Test
    void aSettlementIsThereForAStoreMadeLater() {
        assertThat(settle(1L << 40, List.of(parked(12, "call-1", NOW)), List.of(dead(13))))
                .isTrue();

        DeliveryStore later = new JdbcDeliveryStore(database, "main");
        assertThat(later.cursor("kb")).hasValue(1L << 40);
        assertThat(later.due("kb", NOW, 10)).containsExactly(parked(12, "call-1", NOW));
        assertThat(letters.list("kb", 10))
                .containsExactly(new DeadLetters.Letter(
                        "msg_main-0123456789ab_13", 13, "call-1", "accepted", 3, "status 404", NOW));
    }

    @Test
    void nothingOfASettlementIsWrittenForASubscriberThatWasRemoved() {
        Settlement settlement = new Settlement(20, Set.of(), List.of(parked(12, "call-1", NOW)), List.of(), null, null);

        assertThat(store.settle("removed", generation, settlement, NOW)).isFalse();

        assertThat(store.cursor("removed")).isEmpty();
        assertThat(store.due("removed", NOW, 10)).isEmpty();
    }

    @Test
    void nothingOfASettlementIsWrittenForAnotherThatHasTheNameByNow() {
        testDatabase.tamper("DELETE FROM webhook_cursor");
        store.begin("kb", 15);
        Settlement settlement =
                new Settlement(20, Set.of(), List.of(parked(16, "call-1", NOW)), List.of(), null, "status 410");

        assertThat(store.settle("kb", generation, settlement, NOW)).isFalse();

        assertThat(store.cursor("kb")).hasValue(15);
        assertThat(store.due("kb", NOW, 10)).isEmpty();
        assertThat(store.disabled()).isEmpty();
    }

    @Test
    void howLongASubscriberAskedToBeLeftAloneStaysUntilItAsksAgain() {
        assertThat(store.place("kb")).contains(new Place(10, generation, null));

        store.settle(
                "kb", generation, new Settlement(11, Set.of(), List.of(), List.of(), NOW.plusSeconds(60), null), NOW);
        settle(12, List.of(), List.of());

        assertThat(store.place("kb")).contains(new Place(12, generation, NOW.plusSeconds(60)));
    }

    @Test
    void aSettlementThatFailsInTheMiddleMovesNoCursor() {
        testDatabase.tamper("DROP TABLE webhook_dead");

        assertThatExceptionOfType(DeliveryStoreException.class)
                .isThrownBy(() -> settle(20, List.of(parked(12, "call-1", NOW)), List.of(dead(13))))
                .withMessage("Can't read or write the deliveries of subscriber kb")
                .withCauseInstanceOf(SQLException.class);

        assertThat(store.cursor("kb")).hasValue(10);
        assertThat(store.due("kb", NOW, 10)).isEmpty();
    }

    @Test
    void ofAnInteractionOnlyTheFirstIsDueAndOfDifferentOnesTheEarliestComeFirst() {
        settle(
                20,
                List.of(
                        parked(11, "call-1", NOW.plusSeconds(2)),
                        parked(12, "call-1", NOW),
                        parked(13, "call-2", NOW.plusSeconds(1)),
                        parked(14, "", NOW.plusSeconds(3))),
                List.of());

        assertThat(seqs(store.due("kb", NOW.plusSeconds(2), 10))).containsExactly(13L, 11L);
        assertThat(seqs(store.due("kb", NOW.plusSeconds(9), 10))).containsExactly(13L, 11L, 14L);
        assertThat(seqs(store.due("kb", NOW.plusSeconds(9), 1))).containsExactly(13L);
    }

    @Test
    void whatWaitsBehindAnotherIsNotLookedAtBeforeThatIsDue() {
        settle(20, List.of(parked(11, "call-1", NOW), parked(12, "call-1", NOW)), List.of());

        settle(20, List.of(parked(11, "call-1", NOW.plusSeconds(60))), List.of());

        assertThat(store.nextDue("kb")).contains(NOW.plusSeconds(60));
        assertThat(store.waiting("kb", Set.of("call-1", "call-2"))).isEqualTo(Map.of("call-1", NOW.plusSeconds(60)));
    }

    @Test
    void whatIsMetAgainBehindTheCursorAfterACrashKeepsItsTries() {
        settle(20, List.of(parked(11, "call-1", NOW)), List.of());

        settle(20, List.of(new ParkedRow(11, "call-1", 0, null, NOW, "waits")), List.of());

        assertThat(store.due("kb", NOW, 10)).containsExactly(parked(11, "call-1", NOW));
    }

    @Test
    void whatWasDeliveredIsParkedNoLongerAndTheNextIsDue() {
        settle(20, List.of(parked(11, "call-1", NOW), parked(12, "call-1", NOW)), List.of());

        store.settle("kb", generation, new Settlement(20, Set.of(11L), List.of(), List.of(), null, null), NOW);

        assertThat(seqs(store.due("kb", NOW, 10))).containsExactly(12L);
    }

    @Test
    void whatIsDeadIsParkedNoLonger() {
        settle(20, List.of(parked(13, "call-1", NOW)), List.of());

        settle(20, List.of(), List.of(dead(13)));

        assertThat(store.due("kb", NOW, 10)).isEmpty();
        assertThat(store.nextDue("kb")).isEmpty();
        assertThat(letters.count("kb")).isEqualTo(1);
    }

    @Test
    void whatIsParkedIsCountedAndTheEarliestFirstTryTellsSinceWhen() {
        assertThat(store.parked("kb")).isEqualTo(new Parked(0, Optional.empty()));

        settle(
                20,
                List.of(
                        new ParkedRow(11, "call-0", 0, null, NOW, "waits"),
                        parked(12, "call-1", NOW.plusSeconds(60)),
                        new ParkedRow(13, "call-2", 1, NOW, NOW, "status 500")),
                List.of());

        assertThat(store.parked("kb")).isEqualTo(new Parked(3, Optional.of(NOW.minusSeconds(5))));
    }

    @Test
    void whoIsGoneIsDisabledWithItsReason() {
        store.settle("kb", generation, new Settlement(11, Set.of(), List.of(), List.of(), null, "status 410"), NOW);
        store.settle("kb", generation, new Settlement(11, Set.of(), List.of(), List.of(), null, "status 410"), NOW);

        assertThat(store.disabled()).isEqualTo(Map.of("kb", "status 410"));
    }

    @Test
    void deadLettersAreReplayedAsIfNeverTriedAndAreDeadNoLonger() {
        settle(20, List.of(), List.of(dead(13), dead(14)));
        row(13, "accepted", NOW);
        row(14, "accepted", NOW);

        List<Long> progress = new ArrayList<>();
        assertThat(letters.replay("kb", progress::add)).isEqualTo(2);

        assertThat(progress).containsExactly(2L);
        assertThat(store.due("kb", NOW, 10)).containsExactly(new ParkedRow(13, "call-1", 0, null, NOW, "replayed"));
        assertThat(letters.list("kb", 10)).isEmpty();
    }

    @Test
    void aDeadLetterWhoseRowIsArchivedStaysAsItIs() {
        settle(20, List.of(), List.of(dead(13), dead(14)));
        row(14, "accepted", NOW);
        List<DeadLetters.Letter> before = letters.list("kb", 10);
        assertThat(letters.countReplayable("kb")).isEqualTo(1);

        assertThat(letters.replay("kb", "msg_main-0123456789ab_13")).isFalse();
        assertThat(letters.replay("kb", done -> {})).isEqualTo(1);

        assertThat(seqs(store.due("kb", NOW, 10))).containsExactly(14L);
        assertThat(letters.list("kb", 10)).containsExactly(before.get(0));
        assertThat(letters.count("kb")).isEqualTo(1);
        assertThat(letters.countReplayable("kb")).isZero();
    }

    @Test
    void manyAreReplayedInBatches() {
        List<DeadRow> many = new ArrayList<>();
        for (int seq = 1; seq <= 1201; seq++) {
            many.add(dead(seq));
        }
        rows(1201);
        settle(2000, List.of(), many);

        List<Long> progress = new ArrayList<>();
        assertThat(letters.replay("kb", progress::add)).isEqualTo(1201);

        assertThat(progress).containsExactly(500L, 1000L, 1201L);
        assertThat(letters.count("kb")).isZero();
    }

    @Test
    void aPeriodIsReplayedAsFarAsTheSubscriberWantsItAndHasBeenTold() {
        for (int seq = 1; seq <= 8; seq++) {
            row(seq, seq % 2 == 0 ? "injected" : "accepted", NOW.plusSeconds(seq));
        }
        store.settle("kb", generation, new Settlement(6, Set.of(), List.of(), List.of(), null, null), NOW);
        Subscriber kb = Events.subscriber("kb", "https://kb.example.com");

        assertThat(letters.count(kb, NOW.plusSeconds(2), NOW.plusSeconds(60))).isEqualTo(2);
        assertThat(letters.replay(kb, NOW.plusSeconds(2), NOW.plusSeconds(60), done -> {}))
                .isEqualTo(2);

        assertThat(seqs(store.due("kb", NOW, 10))).containsExactly(3L, 5L);
    }

    @Test
    void oneIsReplayedByItsIdAndNoOtherIdIsTakenForIt() {
        row(7, "accepted", NOW);
        row(12, "accepted", NOW);

        assertThat(letters.replay("kb", "msg_main-0123456789ab_7")).isTrue();
        assertThat(letters.replay("kb", "msg_main-ba9876543210_7")).isFalse();
        assertThat(letters.replay("kb", "msg_main-0123456789ab_8")).isFalse();
        // behind the cursor: it is told anyway
        assertThat(letters.replay("kb", "msg_main-0123456789ab_12")).isFalse();
        assertThat(letters.replay("kb", "nonsense")).isFalse();

        assertThat(seqs(store.due("kb", NOW, 10))).containsExactly(7L);
    }

    private boolean settle(long cursor, List<ParkedRow> parked, List<DeadRow> dead) {
        return store.settle("kb", generation, new Settlement(cursor, Set.of(), parked, dead, null, null), NOW);
    }

    private static ParkedRow parked(long seq, String interaction, Instant due) {
        return new ParkedRow(seq, interaction, 1, NOW.minus(Duration.ofSeconds(5)), due, "status 500");
    }

    private static DeadRow dead(long seq) {
        return new DeadRow(seq, "call-1", "accepted", 3, "status 404", NOW);
    }

    private static List<Long> seqs(List<ParkedRow> rows) {
        return rows.stream().map(ParkedRow::seq).toList();
    }

    /** From the first on, in one statement. */
    private void rows(int count) {
        StringJoiner values = new StringJoiner(", ");
        for (int seq = 1; seq <= count; seq++) {
            values.add("('main', " + seq + ", '" + SqlTime.text(NOW) + "', 'accepted', 'call-1', '{}', '', 'h')");
        }
        testDatabase.tamper("INSERT INTO audit_event (node, seq, at, event, interaction_id, details, prev_hash, hash)"
                + " VALUES " + values);
    }

    private void row(long seq, String event, Instant at) {
        testDatabase.tamper("INSERT INTO audit_event (node, seq, at, event, interaction_id, details, prev_hash, hash)"
                + " VALUES ('main', " + seq + ", '" + SqlTime.text(at) + "', '" + event
                + "', 'call-" + seq + "', '{}', '', 'h')");
    }
}
