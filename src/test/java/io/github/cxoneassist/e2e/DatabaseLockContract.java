package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.journal.TestDatabase;
import io.github.cxoneassist.sandbox.ManualAgent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program holds the lock of the database for longer than we wait for it. */
abstract class DatabaseLockContract {

    @TempDir
    Path folder;

    private final ManualAgent agent = new ManualAgent();
    private TestDatabase database;
    private RunningAssist assist;

    abstract TestDatabase newDatabase();

    /** Locks out every writer until the connection is closed. */
    abstract Connection lock(TestDatabase held) throws SQLException;

    @BeforeEach
    void start() throws Exception {
        database = newDatabase();
        assist = RunningAssist.start(folder, agent, RunningAssist.on(database.settings()));
        assertThat(assist.post(Suggestions.valid("lock", "before").toString()).statusCode())
                .isEqualTo(202);
    }

    @AfterEach
    void stop() {
        assist.close();
        database.close();
    }

    @Test
    void nothingIsSentUnjournaledNothingIsLostAndItGoesOnByItself() throws Exception {
        String suggestion = Suggestions.valid("lock", "during").toString();
        try (Connection other = lock(database)) {
            agent.accept("before").toCompletionStage().toCompletableFuture().get();
            var answer = assist.post(suggestion);
            assertThat(answer.statusCode()).isEqualTo(503);
            await().untilAsserted(() ->
                    assertThat(assist.get("/observe/health").body()).contains("journal entries were not written"));
            assertThat(assist.cxone().referee().sends("during")).isZero();
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> assist.auditLines().contains("accepted before"));
        await().untilAsserted(
                        () -> assertThat(assist.post(suggestion).statusCode()).isEqualTo(202));

        assertThat(assist.auditLines()).containsOnlyOnce("injected during").containsOnlyOnce("accepted before");
        assertThat(assist.cxone().referee().sends("during")).isEqualTo(1);
        assertThat(assist.audit().stream().mapToLong(AuditRow::seq))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, assist.audit().size()).boxed().toList());
        assertThat(assist.cxone().referee().violations()).isEmpty();
    }
}
