package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.JdbcRecoveryReader;
import io.github.cxoneassist.journal.JournalException;
import io.github.cxoneassist.ledger.ContentRule;
import io.github.cxoneassist.ledger.Restored;
import io.github.cxoneassist.ledger.Waiting;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.suggestion.ContextWindow;
import io.github.cxoneassist.suggestion.Priority;
import io.github.cxoneassist.suggestion.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One that was not sent, and is on disk as if it had been: nobody gets its slot before the disk says so too, or a restart would
 * send one too many.
 */
class SlotOfAFailureTest extends FailingDatabaseTestBase {

    private DataSourceThatCommitsAndReportsFailure forgetful;

    SlotOfAFailureTest() {
        super(SINK + "?bufferLimit=1");
    }

    @Override
    DataSource misbehaving(DataSource database) {
        forgetful = new DataSourceThatCommitsAndReportsFailure(database);
        return forgetful;
    }

    @BeforeEach
    void awaitConnection() {
        await().until(() -> audit.sessionLines().contains("connected progress"));
    }

    private static ObjectNode suggestion(String id) {
        return SuggestionBodies.suggestion("call", id);
    }

    private void cxoneComesBack() {
        cxone.play(FaultScript.NONE);
        // the attempt that was stalled would wait for its answer to its deadline
        cxone.dropConnections();
    }

    @Test
    void theSlotIsFreeOnlyWhenItIsOnRecordThatItWasNotSent() throws Exception {
        cxoneGoesAway();
        CompletableFuture<Exchange> offered = template.asyncSend(
                "direct:in", in -> in.getMessage().setBody(suggestion("a").toString()));
        await().until(() -> audit.lines().contains("injected a"));
        failing.fail(true);

        assertThat(offered.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(DispatchFailedException.class);
        assertThat(runtime().ledger().active("call")).isEqualTo(1);
        assertThat(offer("direct:in", suggestion("a").toString()).getException())
                .hasMessageContaining("is being sent at this moment");

        failing.fail(false);

        await().until(() -> runtime().ledger().active("call") == 0);
        assertThat(audit.lines()).containsExactly("injected a", "dispatch_failed a session_unavailable");
    }

    @Test
    void whatMayBeOnDiskThoughTheDatabaseReportedAFailureIsTakenBack() throws Exception {
        forgetful.loseTheNextAnswer();

        Exchange failed = offer("direct:in", suggestion("a").toString());

        assertThat(failed.getException()).isInstanceOf(JournalException.class);
        await().until(() -> runtime().ledger().active("call") == 0);
        assertThat(audit.lines()).containsExactly("injected a", "dispatch_failed a journal_in_doubt");
        assertThat(answer(offer("direct:in", suggestion("a").toString()))
                        .path("status")
                        .asText())
                .isEqualTo("sent");
        await().until(() -> cxone.referee().sends("a") == 1);
    }

    @Test
    void whatMayBeOnDiskAsHeldThoughTheDatabaseReportedAFailureIsTakenBack() {
        offer("direct:in", suggestion("a").toString());
        forgetful.loseTheNextAnswer();

        Exchange failed = offer("direct:in", suggestion("b").toString());

        assertThat(failed.getException()).isInstanceOf(JournalException.class);
        await().until(() -> runtime().ledger().size() == 1);
        assertThat(audit.lines()).containsExactly("injected a", "held b", "dispatch_failed b journal_in_doubt");
        assertThat(foundByARestart()).containsExactly("a");
        assertThat(offer("direct:in", suggestion("b").toString()).getMessage().getHeader("CamelCxoneAssistStatus"))
                .isEqualTo("held");
    }

    private List<String> foundByARestart() {
        List<String> found = new ArrayList<>();
        try (HikariDataSource database = openDatabase()) {
            new JdbcRecoveryReader(database)
                    .openSuggestions("main", Instant.now(), open -> found.add(open.suggestionId()), rows -> {});
        }
        return found;
    }

    /** The session takes a thousand while it is away, and Camel's own pool for retries another thousand. */
    @Test
    void allThatHoldASlotWhileCxoneIsAwayAreSentWhenItIsBack() {
        int many = 2_500;
        cxoneGoesAway();
        Instant now = Instant.now();
        for (int i = 0; i < many; i++) {
            Suggestion suggestion = new Suggestion(
                    "call-" + i,
                    "s-" + i,
                    "Text",
                    Priority.HIGH,
                    0.9,
                    new ContextWindow(now.minusSeconds(1), now.plusSeconds(300)),
                    null);
            Waiting waiting = new Waiting(suggestion, 0.9, now, "main");
            runtime()
                    .ledger()
                    .restore(waiting.key(), now.plusSeconds(300), new Restored.Active(false), ContentRule.OFF);
            runtime().resend(waiting, now);
        }

        cxoneComesBack();

        List<Integer> rest = new ArrayList<>(IntStream.range(0, many).boxed().toList());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            List<Integer> came = rest.stream()
                    .filter(i -> cxone.referee().sends("s-" + i) > 0)
                    .toList();
            // a session with too many that nobody acknowledged takes no more
            came.forEach(i -> agent.ack("call-" + i, "s-" + i, Map.of()));
            rest.removeAll(Set.copyOf(came));
            return rest.isEmpty();
        });
    }
}
