package io.github.cxoneassist.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.component.SuggestionBodies;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxCxone;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole start on a log of which much is open. How long it takes is printed, not asserted; for 10,000 active and 25,000 that
 * wait: {@code mvn test -Dtest=RestartScaleTest -Drestart.interactions=5000}.
 */
class RestartScaleTest {

    private static final int INTERACTIONS = Integer.getInteger("restart.interactions", 1_000);

    /** Comes back last, by its name; newcomers are there before. */
    private static final String LAST = "z-last";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private long seq;

    @TempDir
    Path folder;

    @Test
    void nobodyOvertakesABetterOneHoweverMuchIsTakenUpBeforeIt() throws Exception {
        AuditDatabase empty = new AuditDatabase(folder.resolve("empty.db"));
        AuditDatabase audit = new AuditDatabase(folder.resolve("audit.db"));
        JournalDatabase.open(audit.settings()).close();
        write(audit);
        try (SandboxCxone cxone = new SandboxCxone(PipelineTestBase.CONFIG, new ManualAgent());
                RestartingPipeline nothingToDo = new RestartingPipeline(cxone, empty);
                RestartingPipeline pipeline = new RestartingPipeline(cxone, audit)) {
            cxone.start();
            long began = System.nanoTime();
            nothingToDo.start();
            nothingToDo.stop();
            long warm = System.nanoTime();
            Duration cpuBefore = cpu();

            pipeline.startContext();
            long started = System.nanoTime();
            String told = pipeline.outcome(
                    SuggestionBodies.suggestion(LAST, "newcomer").put("priority", "MEDIUM"));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> cxone.referee().suggestions().size() == 2);
            long sent = System.nanoTime();

            System.out.printf(
                    "%d active and %d waiting of %d interactions: started in %d ms, the last one sent after %d ms,"
                            + " %d ms of CPU; the first start of the JVM, with none: %d ms%n",
                    2 * INTERACTIONS,
                    5 * INTERACTIONS,
                    INTERACTIONS,
                    TimeUnit.NANOSECONDS.toMillis(started - warm),
                    TimeUnit.NANOSECONDS.toMillis(sent - warm),
                    cpu().minus(cpuBefore).toMillis(),
                    TimeUnit.NANOSECONDS.toMillis(warm - began));
            assertThat(told).isEqualTo("held");
            assertThat(cxone.referee().suggestions())
                    .extracting(ReceivedSuggestion::id)
                    .containsExactlyInAnyOrder("critical", "high");
            assertThat(pipeline.runtime().ledger().waiting()).isEqualTo(5 * INTERACTIONS + 2);
            assertThat(pipeline.runtime().ledger().active()).isEqualTo(2 * INTERACTIONS + 2);
        }
    }

    /** Of the whole JVM: it says more than the time on a machine that does something else too. */
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** By SQL, since the chain is not looked at. */
    private void write(AuditDatabase audit) throws SQLException {
        try (Connection connection = DriverManager.getConnection(audit.url());
                PreparedStatement row =
                        connection.prepareStatement("INSERT INTO audit_event (node, seq, at, event, interaction_id,"
                                + " suggestion_id, details, prev_hash, hash) VALUES ('main', ?, ?, ?, ?, ?, ?,"
                                + " hex(zeroblob(32)), hex(zeroblob(32)))");
                PreparedStatement text = connection.prepareStatement(
                        "INSERT INTO suggestion_text (node, seq, interaction_id, content) VALUES ('main', ?, ?, ?)")) {
            connection.setAutoCommit(false);
            Instant open = now.plusSeconds(600);
            for (int i = 0; i < INTERACTIONS; i++) {
                for (String id : List.of("active-1", "active-2")) {
                    add(row, text, "injected", "call-" + i, id, "HIGH", open);
                    add(row, text, "ack_received", "call-" + i, id, "HIGH", open);
                }
                for (int k = 0; k < 5; k++) {
                    add(row, text, "held", "call-" + i, "waits-" + k, "HIGH", open);
                }
            }
            // whose windows ended while nobody was there
            add(row, text, "injected", LAST, "over-1", "HIGH", now.minusSeconds(10));
            add(row, text, "injected", LAST, "over-2", "HIGH", now.minusSeconds(10));
            add(row, text, "held", LAST, "low", "LOW", open);
            add(row, text, "held", LAST, "high", "HIGH", open);
            add(row, text, "held", LAST, "critical", "CRITICAL", open);
            row.executeBatch();
            text.executeBatch();
            connection.commit();
        }
    }

    private void add(
            PreparedStatement row,
            PreparedStatement text,
            String event,
            String interaction,
            String suggestion,
            String priority,
            Instant end)
            throws SQLException {
        seq++;
        boolean offer = !event.equals("ack_received");
        row.setLong(1, seq);
        row.setString(2, now.minusSeconds(30).toString().replace("Z", ".000000Z"));
        row.setString(3, event);
        row.setString(4, interaction);
        row.setString(5, suggestion);
        row.setString(
                6,
                offer
                        ? "{\"adjustedScore\":0.9,\"priority\":\"" + priority
                                + "\",\"relevanceScore\":0.9,\"session\":\"main\"," + "\"windowEnd\":\"" + end
                                + "\",\"windowStart\":\"" + now.minusSeconds(60) + "\"}"
                        : "{}");
        row.addBatch();
        if (offer) {
            text.setLong(1, seq);
            text.setString(2, interaction);
            text.setString(3, "Offer a call back within the hour, and say when.");
            text.addBatch();
        }
    }
}
