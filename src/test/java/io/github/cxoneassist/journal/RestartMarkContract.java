package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far back a restart looks, on one kind of database. */
abstract class RestartMarkContract {
    private static final Instant DIED = Instant.parse("2026-11-22T08:00:00Z");
    private static final Instant STARTED = DIED.plus(Duration.ofHours(1));
    private static final Instant NOW = STARTED.plus(Duration.ofHours(1));

    private TestDatabase testDatabase;
    private HikariDataSource database;
    private RestartMark mark;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void open() {
        testDatabase = newDatabase();
        database = testDatabase.open();
        mark = new RestartMark(database);
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void theFirstStartLooksBackToAMinuteBeforeTheLastRow() {
        assertThat(mark.since("node-1", NOW, DIED)).isEqualTo(DIED.minusSeconds(60));
    }

    @Test
    void aLogFromAClockThatWasAheadIsLookedAtFromAMinuteAgo() {
        assertThat(mark.since("node-1", DIED, NOW)).isEqualTo(DIED.minusSeconds(60));
    }

    @Test
    void whereTheLastStartDiedSoonItsOwnRowsDoNotMoveTheMark() {
        mark.since("node-1", STARTED, DIED);

        assertThat(mark.since("node-1", NOW, STARTED.plusSeconds(59))).isEqualTo(DIED.minusSeconds(60));
    }

    @Test
    void howeverOftenAStartDiesTheMarkStays() {
        mark.since("node-1", STARTED, DIED);
        mark.since("node-1", STARTED.plusSeconds(50), STARTED.plusSeconds(40));
        mark.since("node-1", STARTED.plusSeconds(100), STARTED.plusSeconds(90));

        assertThat(mark.since("node-1", NOW, STARTED.plusSeconds(140))).isEqualTo(DIED.minusSeconds(60));
    }

    @Test
    void aStartThatWroteNothingDoesNotMoveTheMark() {
        mark.since("node-1", STARTED, DIED);

        assertThat(mark.since("node-1", NOW, DIED)).isEqualTo(DIED.minusSeconds(60));
    }

    @Test
    void whoWasThereForAMinuteHasCaughtUp() {
        mark.since("node-1", STARTED, DIED);

        assertThat(mark.since("node-1", NOW, STARTED.plusSeconds(60))).isEqualTo(STARTED);
    }

    @Test
    void anotherNodesMarkIsItsOwn() {
        mark.since("node-1", STARTED, DIED);

        assertThat(mark.since("node-2", NOW, STARTED.plusSeconds(1))).isEqualTo(STARTED.minusSeconds(59));
    }

    @Test
    void aDatabaseThatIsGoneIsAJournalException() {
        database.close();

        assertThatThrownBy(() -> mark.since("node-1", NOW, DIED))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("the mark of the last start could not be read or written: ");
    }
}
