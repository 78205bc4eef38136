package io.github.cxoneassist.e2e;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.ChainVerifier;
import io.github.cxoneassist.journal.DatabaseSettings;
import io.github.cxoneassist.journal.JdbcJournalReader;
import io.github.cxoneassist.journal.JournalDatabase;
import io.github.cxoneassist.journal.PostgresCluster;
import io.github.cxoneassist.journal.Verification;
import io.github.cxoneassist.sandbox.ReceivedSuggestion;
import io.github.cxoneassist.sandbox.SandboxConfig;
import io.github.cxoneassist.sandbox.Violation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server of the audit log goes away under load and comes back, more than once; the application lives on. */
@Timeout(180)
class PostgresOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> PROMISES = Set.of("sent", "held", "duplicate");
    private static final Set<String> OFFERS = Set.of("held", "injected");

    @TempDir
    Path folder;

    private PostgresCluster server;
    private DatabaseSettings database;
    private RunningAssist assist;
    private InsistentSource source;

    @BeforeEach
    void start() throws Exception {
        server = new PostgresCluster(Files.createDirectory(folder.resolve("server")));
        database = server.newDatabase();
        SandboxConfig config = SandboxConfig.builder()
                .suggestionLimit(Integer.MAX_VALUE)
                .transit(Duration.ofSeconds(5))
                .build();
        assist = RunningAssist.start(
                folder, new HastyAgent(new Random(7)), config, RunningAssist.on(database), main -> {});
        source = new InsistentSource(assist.url(""), 7, Duration.ofSeconds(10), Duration.ofSeconds(20));
        source.start();
        awaitWork();
    }

    @AfterEach
    void stop() {
        source.close();
        assist.close();
        server.close();
    }

    @Test
    void aServerThatIsStoppedOrKilledUnderLoadStopsSendingAndLosesNothing() throws Exception {
        server.stop();
        assertNothingIsSentAndHealthSaysSo();
        server.start();
        awaitWork();

        server.kill();
        assertNothingIsSentAndHealthSaysSo();
        server.start();
        awaitWork();

        source.stop();
        await().atMost(PATIENCE).until(source::isDone);
        await().atMost(PATIENCE).until(() -> assist.get("/observe/health").statusCode() == 200);
        judge();
    }

    @Test
    void aCommitThatTakesTooLongSendsNothingAndHealthSaysSoUntilItIsDone() throws Exception {
        source.stop();
        await().atMost(PATIENCE).until(source::isDone);
        // a standby that does not exist: every commit waits for it
        server.execute(database, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        server.execute(database, "SELECT pg_reload_conf()");
        String slow = "slow-0";
        CompletableFuture<Integer> answer = offer(slow);
        // the server takes a moment to do as it was told
        for (int i = 1; isDoneSoon(answer); i++) {
            slow = "slow-" + i;
            answer = offer(slow);
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(assist.get("/observe/health").body())
                        .contains("have been waiting for the database for"));
        assertThat(assist.cxone().referee().sends(slow)).isZero();
        assertThat(answer).isNotDone();

        server.execute(database, "ALTER SYSTEM RESET synchronous_standby_names");
        server.execute(database, "SELECT pg_reload_conf()");
        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo(202);
        assertThat(assist.cxone().referee().sends(slow)).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> assist.get("/observe/health").statusCode() == 200);
        judge();
    }

    private CompletableFuture<Integer> offer(String id) {
        return CompletableFuture.supplyAsync(
                () -> status(Suggestions.valid("call-" + id, id).toString()));
    }

    private static boolean isDoneSoon(CompletableFuture<?> answer) throws Exception {
        try {
            answer.get(2, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Test
    void aDiskThatIsFullStopsSendingUntilThereIsSpaceAgain() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
                "no right to mount a small disk");
        try {
            server.execute(database, "CREATE TABLESPACE small LOCATION '" + disk + "'");
            server.execute(
                    database,
                    "ALTER TABLE " + "audit_event_"
                            + YearMonth.now(ZoneOffset.UTC).toString().replace('-', '_') + " SET TABLESPACE small");
            Path filler = disk.resolve("filler");
            try (OutputStream out = Files.newOutputStream(filler)) {
                fill(out);
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(assist.get("/observe/health").body()).contains("No space left on device"));
            int before = assist.cxone().referee().suggestions().size();
            await().pollDelay(Duration.ofSeconds(2))
                    .until(() -> assist.cxone().referee().suggestions().size() == before);

            Files.delete(filler);
            awaitWork();
            source.stop();
            await().atMost(PATIENCE).until(source::isDone);
            judge();
        } finally {
            source.close();
            assist.stopApplication();
            server.stop();
            run("umount", disk.toString());
        }
    }

    private static void fill(OutputStream out) {
        byte[] page = new byte[4096];
        try {
            for (int i = 0; i < 4096; i++) {
                out.write(page);
            }
        } catch (IOException e) {
            // that is when it is full
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private int status(String suggestion) {
        try {
            return assist.post(suggestion).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertNothingIsSentAndHealthSaysSo() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(assist.get("/observe/health").body()).contains("journal entries were not written"));
        assertThat(assist.get("/observe/health").statusCode()).isEqualTo(503);
        int before = assist.cxone().referee().suggestions().size();
        int answers = source.answers().size();
        await().pollDelay(Duration.ofSeconds(2))
                .until(() -> assist.cxone().referee().suggestions().size() == before);
        assertThat(source.answers()).hasSize(answers);
    }

    private void awaitWork() {
        int sent = assist.cxone().referee().suggestions().size();
        int told = source.answers().size();
        await().atMost(PATIENCE)
                .until(() -> assist.cxone().referee().suggestions().size() > sent + 20
                        && source.answers().size() > told + 20);
    }

    private void judge() {
        // before the rows are read: what waits is sent meanwhile
        List<ReceivedSuggestion> received = assist.cxone().referee().suggestions();
        Map<String, Instant> injected = new HashMap<>();
        Map<String, String> offered = new HashMap<>();
        for (AuditRow row : assist.audit()) {
            if (OFFERS.contains(row.event())) {
                offered.put(row.suggestionId(), row.event());
            }
            if (row.event().equals("injected")) {
                injected.putIfAbsent(row.suggestionId(), Instant.parse(row.at()));
            }
        }
        assertThat(received.stream().filter(one -> injected.getOrDefault(one.id(), Instant.MAX)
                        .isAfter(one.receivedAt())))
                .as("sent, but not on disk before")
                .isEmpty();
        assertThat(offered.keySet())
                .containsAll(source.answers().entrySet().stream()
                        .filter(answer -> PROMISES.contains(answer.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(toSet()));
        assertThat(received).hasSizeGreaterThan(20);
        assertThat(assist.cxone().referee().maxActive()).isLessThanOrEqualTo(5);
        assertThat(assist.cxone().referee().violations().stream()
                        .filter(one -> one.kind() != Violation.Kind.SENT_AGAIN_AFTER_ANSWER))
                .isEmpty();
        try (HikariDataSource pool = JournalDatabase.open(database)) {
            assertThat(ChainVerifier.verify(new JdbcJournalReader(pool).rows("main")))
                    .isInstanceOf(Verification.Intact.class);
        }
    }
}
