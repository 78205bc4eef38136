package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may write a chain in PostgreSQL. */
class AdvisoryLockTest {
    private final PostgresCluster server = TestDatabase.sharedServer();
    private TestDatabase testDatabase;
    private DatabaseSettings settings;

    @BeforeEach
    void create() {
        testDatabase = TestDatabase.postgres();
        settings = testDatabase.settings();
    }

    @AfterEach
    void drop() {
        testDatabase.close();
    }

    @Test
    void aSecondWriterOfTheSameChainIsTurnedAwayWithWhatToDo() {
        try (JournalLock first = JournalLock.take(settings, "main")) {
            assertThatExceptionOfType(JournalDatabaseException.class)
                    .isThrownBy(() -> JournalLock.take(settings, "main"))
                    .withMessage("the journal database " + settings.url().substring("jdbc:".length())
                            + " is in use by another process of this program: stop that one, or give this one a"
                            + " database of its own");
            first.require();
        }
    }

    @Test
    void theNextOneGetsInWhenTheFirstIsGone() {
        JournalLock.take(settings, "main").close();

        assertThatCode(() -> JournalLock.take(settings, "main").close()).doesNotThrowAnyException();
    }

    @Test
    void theChainsOfOtherNodesAndOtherDatabasesAreNobodysBusiness() {
        try (TestDatabase another = TestDatabase.postgres();
                JournalLock first = JournalLock.take(settings, "main");
                JournalLock second = JournalLock.take(settings, "main.operator");
                JournalLock third = JournalLock.take(another.settings(), "main")) {
            first.require();
            second.require();
            third.require();
        }
    }

    @Test
    void aLostLockIsTakenAgain() {
        try (JournalLock lock = JournalLock.take(settings, "main")) {
            breakItsConnection();

            lock.require();

            assertThatThrownBy(() -> JournalLock.take(settings, "main")).isInstanceOf(JournalDatabaseException.class);
        }
    }

    @Test
    void nothingIsWrittenWhileAnotherHasTheLostLock() {
        try (HikariDataSource database = JournalDatabase.open(settings);
                JournalLock lock = JournalLock.take(settings, "main")) {
            GuardedStore store = new GuardedStore(new JdbcStore(database), lock);
            List<JournalRow> rows = Chains.of("main", Chains.injected("s-1"));
            breakItsConnection();
            try (JournalLock other = JournalLock.take(settings, "main")) {
                other.require();
                assertThatExceptionOfType(JournalException.class)
                        .isThrownBy(() -> store.write(new JournalBatch(rows, List.of())))
                        .withMessageContaining("in use by another process");
                assertThat(store.head("main")).isEqualTo(ChainHead.GENESIS);
            }

            store.write(new JournalBatch(rows, List.of()));
            assertThat(store.head("main")).isEqualTo(ChainHead.of(rows.get(0)));
        }
    }

    private void breakItsConnection() {
        server.execute(
                settings,
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'");
    }
}
