package io.github.cxoneassist.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.OpenSuggestion.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a restart reads, on one kind of database. */
abstract class JdbcRecoveryReaderContract {
    private static final Instant NOW = Chains.START.plusSeconds(10);
    private static final String LATER = "2026-11-22T08:05:00Z";
    private static final String OVER = "2026-11-22T08:00:05Z";

    private TestDatabase testDatabase;
    HikariDataSource database;
    private RecoveryReader reader;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void open() {
        testDatabase = newDatabase();
        database = testDatabase.open();
        reader = new JdbcRecoveryReader(database);
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void aNewJournalHasNothingOpenAndNoDecisions() {
        assertThat(openSuggestions("node-1")).isEmpty();
        assertThat(reader.latestDecisions("node-1", 10)).isEmpty();
    }

    @Test
    void anOpenSuggestionComesWithWhatHappenedToItAndWithItsText() {
        write(
                "node-1",
                offered(JournalEvent.INJECTED, "call-0", "s-0", OVER),
                offered(JournalEvent.HELD, "call-1", "s-1", LATER),
                offered(JournalEvent.INJECTED, "call-1", "s-1", LATER).withDetail("session", "main"),
                JournalEntry.of(JournalEvent.ACK_RECEIVED, "call-1", "s-1"));

        assertThat(openSuggestions("node-1")).singleElement().satisfies(open -> {
            assertThat(open.interactionId()).isEqualTo("call-1");
            assertThat(open.suggestionId()).isEqualTo("s-1");
            assertThat(open.state()).isEqualTo(State.ACKNOWLEDGED);
            assertThat(open.until()).isEqualTo(Instant.parse(LATER));
            assertThat(open.firstSeq()).isEqualTo(2);
            assertThat(open.firstAt()).isEqualTo(Chains.START.plusMillis(1));
            assertThat(open.details().path("session").asText()).isEqualTo("main");
            assertThat(open.text()).isEqualTo("Text of s-1");
        });
    }

    @Test
    void suggestionsComeByInteractionAndTheOldestFirst() {
        write(
                "node-1",
                offered(JournalEvent.INJECTED, "call-2", "s-9", LATER),
                offered(JournalEvent.INJECTED, "call-1", "s-8", LATER),
                offered(JournalEvent.HELD, "call-2", "s-7", LATER),
                offered(JournalEvent.HELD, "call-1", "s-6", LATER));

        assertThat(openSuggestions("node-1"))
                .extracting(OpenSuggestion::suggestionId)
                .containsExactly("s-8", "s-6", "s-9", "s-7");
    }

    @Test
    void anEndedSuggestionIsReadAsWell() {
        write(
                "node-1",
                offered(JournalEvent.INJECTED, "call-1", "s-1", LATER),
                JournalEntry.of(JournalEvent.DISMISSED, "call-1", "s-1"));

        assertThat(openSuggestions("node-1"))
                .extracting(open -> open.end().map(OpenSuggestion.End::event))
                .containsExactly(Optional.of(JournalEvent.DISMISSED));
    }

    @Test
    void anotherNodesRowsAreItsOwn() {
        write("node-1", offered(JournalEvent.INJECTED, "call-1", "s-1", LATER));
        write("node-2", offered(JournalEvent.HELD, "call-1", "s-2", LATER));
        write("node-3", JournalEntry.of(JournalEvent.ACCEPTED, "call-1", "s-1"));

        assertThat(openSuggestions("node-1"))
                .extracting(OpenSuggestion::suggestionId, OpenSuggestion::state)
                .containsExactly(tuple("s-1", State.INJECTED));
    }

    @Test
    void anErasedTextIsNullAndTheRestIsThere() {
        write("node-1", offered(JournalEvent.INJECTED, "call-1", "s-1", LATER));
        testDatabase.tamper("DELETE FROM suggestion_text");

        assertThat(openSuggestions("node-1")).singleElement().satisfies(open -> {
            assertThat(open.text()).isNull();
            assertThat(open.details().path("contentSha256").asText()).hasSize(64);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:09Z,            2026-11-22T08:00:09Z,           true",
        "2026-11-22T08:00:09Z,            2026-11-22T08:00:09.500Z,       true",
        "2026-11-22T08:00:09.500Z,        2026-11-22T08:00:09.500000001Z, true",
        "2026-11-22T08:00:09.500Z,        2026-11-22T08:00:09.500Z,       true",
        "2026-11-22T08:00:09.500000001Z,  2026-11-22T08:00:09.500Z,       false",
        "2026-11-22T08:00:09.000000001Z,  2026-11-22T08:00:09Z,           false",
        "2026-11-22T08:00:10Z,            2026-11-22T08:00:09.999999999Z, false",
        "2026-11-22T08:00:09.999999999Z,  2026-11-22T08:00:10Z,           true"
    })
    void theEndOfAWindowIsComparedAsAnInstantNotAsText(Instant now, String end, boolean open) {
        write("node-1", offered(JournalEvent.INJECTED, "call-1", "s-1", end));

        List<OpenSuggestion> found = new ArrayList<>();
        reader.openSuggestions("node-1", now, found::add, rows -> {});
        assertThat(found).hasSize(open ? 1 : 0);
    }

    @Test
    void progressIsToldEveryThousandRows() {
        JournalEntry[] entries = new JournalEntry[2_500];
        Arrays.setAll(entries, i -> offered(JournalEvent.INJECTED, "call-" + i % 7, "s-" + i, LATER));
        write("node-1", entries);

        List<Long> progress = new ArrayList<>();
        List<OpenSuggestion> found = new ArrayList<>();
        reader.openSuggestions("node-1", NOW, found::add, progress::add);
        assertThat(found).hasSize(2_500);
        assertThat(progress).containsExactly(1_000L, 2_000L);
    }

    @Test
    void whoeverIsHandedTheSuggestionsMayEndTheReading() {
        write("node-1", offered(JournalEvent.INJECTED, "call-1", "s-1", LATER));
        IllegalStateException enough = new IllegalStateException("enough");

        assertThatThrownBy(() -> reader.openSuggestions(
                        "node-1",
                        NOW,
                        open -> {
                            throw enough;
                        },
                        rows -> {}))
                .isSameAs(enough);
        assertThat(database.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void aDamagedRowOfAnOpenSuggestionIsNamed() {
        write(
                "node-1",
                offered(JournalEvent.INJECTED, "call-1", "s-1", LATER),
                JournalEntry.of(JournalEvent.DISPATCH_FAILED, "call-1", "s-1"));
        testDatabase.tamper("UPDATE audit_event SET details = '{secret' WHERE seq = 2");

        assertThatThrownBy(() -> openSuggestions("node-1"))
                .isInstanceOf(DamagedRowException.class)
                .hasMessage("row 2 of node node-1 was changed: its details are not JSON");
    }

    @Test
    void aDamagedDateOfAnOpenSuggestionIsNamed() {
        write("node-1", offered(JournalEvent.INJECTED, "call-1", "s-1", LATER));
        testDatabase.tamper("UPDATE audit_event SET at = 'never' WHERE seq = 1");

        assertThatThrownBy(() -> openSuggestions("node-1"))
                .isInstanceOf(DamagedRowException.class)
                .hasMessageStartingWith("row 1 of node node-1 was changed: ");
    }

    @Test
    void detailsThatAreNotJsonDoNotKeepOthersFromBeingRead() {
        write(
                "node-1",
                offered(JournalEvent.INJECTED, "call-1", "s-1", LATER),
                offered(JournalEvent.INJECTED, "call-2", "s-2", LATER));
        testDatabase.tamper("UPDATE audit_event SET details = '{' WHERE seq = 1");

        assertThat(openSuggestions("node-1"))
                .extracting(OpenSuggestion::suggestionId)
                .containsExactly("s-2");
    }

    @Test
    void theLatestDecisionsComeInTheirOrder() {
        write(
                "node-1",
                JournalEntry.of(JournalEvent.ACCEPTED, "call-1", "s-0").withDetail("source", "kb"),
                JournalEntry.of(JournalEvent.DISMISSED, "call-1", "s-1").withDetail("source", "kb"),
                JournalEntry.of(JournalEvent.EXPIRED, "call-1", "s-2"),
                JournalEntry.of(JournalEvent.ACCEPTED, "call-2", "s-3").withDetail("fields", Map.of("source", "x")));
        write("node-2", JournalEntry.of(JournalEvent.ACCEPTED, "call-3", "s-4"));

        assertThat(reader.latestDecisions("node-1", 2))
                .containsExactly(new PastDecision(2, "call-1", false, "kb"), new PastDecision(4, "call-2", true, null));
    }

    @Test
    void coolDownsThatAreNotOverAreFoundHoweverLongTheDismissalIsAgo() {
        write(
                "node-1",
                dismissed("call-1", "over", NOW.minusNanos(1).toString()),
                dismissed("call-1", "ends-now", NOW.toString()),
                JournalEntry.of(JournalEvent.DISMISSED, "call-1", "s-1"),
                dismissed("call-2", "ends-later", "2026-11-22T09:00:00.5Z"));
        write("node-2", dismissed("call-3", "of-another-node", LATER));

        List<OpenCoolDown> found = new ArrayList<>();
        reader.openCoolDowns("node-1", NOW, found::add);

        assertThat(found)
                .containsExactlyInAnyOrder(
                        new OpenCoolDown("call-1", "ends-now", NOW),
                        new OpenCoolDown("call-2", "ends-later", Instant.parse("2026-11-22T09:00:00.5Z")));
    }

    @Test
    void detailsThatAreNotJsonDoNotKeepCoolDownsFromBeingRead() {
        write("node-1", dismissed("call-1", "a", LATER), dismissed("call-1", "b", LATER));
        testDatabase.tamper("UPDATE audit_event SET details = '{' WHERE seq = 1");

        List<OpenCoolDown> found = new ArrayList<>();
        reader.openCoolDowns("node-1", NOW, found::add);

        assertThat(found).extracting(OpenCoolDown::digest).containsExactly("b");
    }

    private static JournalEntry dismissed(String interactionId, String digest, String until) {
        return JournalEntry.of(JournalEvent.DISMISSED, interactionId, "s-1")
                .withDetail("contentDigest", digest)
                .withDetail("coolDownUntil", until);
    }

    @Test
    void aDatabaseThatIsGoneIsAJournalException() {
        database.close();

        assertThatThrownBy(() -> openSuggestions("node-1"))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("the journal could not be read: ");
        assertThatThrownBy(() -> reader.latestDecisions("node-1", 1))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("the journal could not be read: ");
    }

    private static JournalEntry offered(JournalEvent event, String interactionId, String suggestionId, String end) {
        return JournalEntry.of(event, interactionId, suggestionId)
                .withDetail("windowEnd", end)
                .withText("Text of " + suggestionId);
    }

    private void write(String node, JournalEntry... entries) {
        List<JournalRow> rows = Chains.of(node, entries);
        List<SuggestionText> texts = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            if (entries[i].text() != null) {
                texts.add(new SuggestionText(node, i + 1, entries[i].interactionId(), entries[i].text()));
            }
        }
        new JdbcStore(database).write(new JournalBatch(rows, texts));
    }

    private List<OpenSuggestion> openSuggestions(String node) {
        List<OpenSuggestion> found = new ArrayList<>();
        reader.openSuggestions(node, NOW, found::add, rows -> {});
        return found;
    }
}
