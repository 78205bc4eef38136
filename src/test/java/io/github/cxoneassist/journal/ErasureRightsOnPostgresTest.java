package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the application's role can erase without any right to delete, and what it cannot whatever it says. */
class ErasureRightsOnPostgresTest {
    private static final String NODE = "main";
    private static final String NEVER = "0001";

    private final Instant now = Instant.now();

    private TestDatabase testDatabase;
    private HikariDataSource application;
    private SuggestionTexts texts;
    private ChainHead head = ChainHead.GENESIS;

    @BeforeEach
    void open() {
        testDatabase = TestDatabase.postgresEmptied();
        application = testDatabase.open();
        texts = new SuggestionTexts(application);
    }

    @AfterEach
    void close() {
        application.close();
        testDatabase.close();
    }

    @Test
    void textsThatAreOldEnoughRunOut() {
        write(Duration.ofDays(3), "old");
        write(Duration.ofDays(3), "old");
        write(Duration.ofHours(30), "young");

        assertThat(texts.countOlderThan(daysAgo(2), now)).isEqualTo(2);
        assertThat(texts.eraseOlderThan(daysAgo(2), now, 1)).isEqualTo(2);

        assertThat(interactions()).containsExactly("young");
        assertThat(ChainVerifier.verify(new JdbcJournalReader(application).rows(NODE)))
                .isEqualTo(new Verification.Intact(3, head));
    }

    @Test
    void whatTheApplicationWroteADayAgoItCannotEraseWhateverItSays() {
        write(Duration.ofHours(25), "old");
        write(Duration.ofHours(23), "young");

        assertThat(erase(NEVER, 1, 2)).isEqualTo("1");

        assertThat(interactions()).containsExactly("young");
    }

    @Test
    void whatIsHeldItCannotErase() {
        write(Duration.ofDays(3), "held");
        write(Duration.ofDays(3), "free");
        testDatabase.tamper("INSERT INTO legal_hold VALUES ('held', '2026', 'a lawsuit')");

        assertThat(erase(NEVER, 1, 2)).isEqualTo("1");
        assertThat(interactions()).containsExactly("held");

        testDatabase.tamper(
                "INSERT INTO legal_hold VALUES ('*', '2026', 'an audit')",
                "DELETE FROM legal_hold" + " WHERE interaction_id = 'held'");
        assertThat(erase(NEVER, 1, 2)).isEqualTo("0");
    }

    @Test
    void aHoldThatIsCommittedWhileTextsRunOutWins() throws Exception {
        write(Duration.ofDays(3), "held");
        write(Duration.ofDays(3), "free");

        CompletableFuture<Long> erased = whileAHoldIsSet(() -> texts.eraseOlderThan(daysAgo(2), now, 10));

        assertThat(erased.get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(interactions()).containsExactly("held");
    }

    @Test
    void aHoldThatIsCommittedWhileAnInteractionIsErasedWins() throws Exception {
        write(Duration.ofDays(3), "held");
        try (HikariDataSource operator = testDatabase.openToTidy()) {
            OperatorChain chain = new OperatorChain(operator, NODE, ChainKeys.NONE, null, Clock.systemUTC());

            CompletableFuture<Long> erased =
                    whileAHoldIsSet(() -> (long) new SuggestionTexts(operator).erase("held", chain, now));

            assertThatThrownBy(() -> erased.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(AuditRefusedException.class)
                    .hasMessageContaining("interaction held is under a legal hold since 2026 (a lawsuit)");
        }
        assertThat(interactions()).containsExactly("held");
    }

    @Test
    void whatCannotSeeAHoldIsNotLetErase() throws Exception {
        write(Duration.ofDays(3), "old");
        try (Connection connection = application.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);

            assertThatThrownBy(() -> statement.execute("SELECT erase_old_texts('main', ARRAY[1]::bigint[], '0001')"))
                    .hasMessageContaining("call it with the isolation READ COMMITTED");
        }
        assertThat(interactions()).containsExactly("old");
    }

    /** Begins an erasure when a hold is set and not yet committed, which is committed when the erasure has come to it or is done. */
    private CompletableFuture<Long> whileAHoldIsSet(Supplier<Long> erasure) throws SQLException {
        try (Connection hold = testDatabase.connect();
                Statement statement = hold.createStatement()) {
            hold.setAutoCommit(false);
            statement.execute("INSERT INTO legal_hold VALUES ('held', '2026', 'a lawsuit')");
            CompletableFuture<Long> erased = CompletableFuture.supplyAsync(erasure);
            await().until(() -> erased.isDone() || somebodyWaitsForALock());
            hold.commit();
            return erased;
        }
    }

    private boolean somebodyWaitsForALock() {
        return "1"
                .equals(testDatabase.query("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'"));
    }

    @Test
    void whatARestartNeedsItCannotErase() {
        write(
                Duration.ofDays(3),
                JournalEntry.of(JournalEvent.HELD, "open", "s-1")
                        .withDetail("windowEnd", now.plusSeconds(600).toString())
                        .withText("a text that is needed"));

        // a time that no window reaches
        assertThat(erase("9999", 1)).isEqualTo("0");
        assertThat(interactions()).containsExactly("open");
    }

    @Test
    void aTextWithoutARowIsOfNoAgeAndStays() {
        write(Duration.ofDays(3), "old");
        testDatabase.tamper("DELETE FROM audit_event");

        assertThat(erase(NEVER, 1)).isEqualTo("0");
    }

    @Test
    void theOwnerIsNotBoundByTheDay() {
        write(Duration.ofMinutes(1), "young");
        try (HikariDataSource operator = testDatabase.openToTidy()) {
            assertThat(new SuggestionTexts(operator).eraseOlderThan(now, now, 10))
                    .isEqualTo(1);
        }
    }

    @Test
    void nobodyElseMayCallIt() {
        String other = "other_" + System.nanoTime();
        testDatabase.tamper("CREATE ROLE " + other, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + other);
        try {
            assertThatThrownBy(() -> testDatabase.tamper(
                            "SET ROLE " + other, "SELECT erase_old_texts('main', ARRAY[1]::bigint[], '0001')"))
                    .hasMessageContaining("permission denied for function erase_old_texts");
        } finally {
            testDatabase.tamper("DROP OWNED BY " + other, "DROP ROLE " + other);
        }
    }

    @Test
    void aDatabaseThatHasNotGrantedItIsToldAtTheStart() {
        testDatabase.tamper("REVOKE EXECUTE ON FUNCTION erase_old_texts FROM " + PostgresCluster.APP);
        try {
            assertThatThrownBy(testDatabase::open)
                    .hasMessageEndingWith("the role cxone_assist has no right to EXECUTE on erase_old_texts: start the"
                            + " program once with cxone.database-migrate-user, which grants it");
        } finally {
            testDatabase.tamper("GRANT EXECUTE ON FUNCTION erase_old_texts TO " + PostgresCluster.APP);
        }
    }

    @Test
    void whatItErasedTheServerForgetsByItself() {
        assertThat(texts.forget()).isFalse();
    }

    private void write(Duration ago, String interaction) {
        write(ago, JournalEntry.of(JournalEvent.INJECTED, interaction, "s-1").withText("A text of " + interaction));
    }

    private void write(Duration ago, JournalEntry entry) {
        JournalRow row = HashChain.next(head, NODE, now.minus(ago), entry);
        new JdbcStore(application)
                .write(new JournalBatch(
                        List.of(row), List.of(new SuggestionText(NODE, row.seq(), row.interactionId(), entry.text()))));
        head = ChainHead.of(row);
    }

    private Instant daysAgo(int days) {
        return now.minus(Duration.ofDays(days));
    }

    /** Past all that the program itself asks before. */
    private String erase(String openFrom, long... seqs) {
        List<String> numbers = new ArrayList<>();
        for (long seq : seqs) {
            numbers.add(String.valueOf(seq));
        }
        return SqliteDatabases.query(
                application,
                "SELECT erase_old_texts('main', ARRAY[" + String.join(", ", numbers) + "]::bigint[], '" + openFrom
                        + "')");
    }

    private List<String> interactions() {
        return SqliteDatabases.texts(application, NODE).stream()
                .map(SuggestionText::interactionId)
                .toList();
    }
}
