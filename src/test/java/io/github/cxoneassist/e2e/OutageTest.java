package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CXone is away for a while. */
class OutageTest {

    @TempDir
    Path folder;

    private RunningAssist assist;

    @BeforeEach
    void start() throws Exception {
        assist = RunningAssist.start(
                folder,
                new ManualAgent(),
                Map.of(
                        "camel.component.cxone-assist.send-timeout", "300",
                        "camel.component.cxone-assist.connect-timeout", "300"));
        await().untilAsserted(() ->
                assertThat(assist.get("/observe/health").statusCode()).isEqualTo(200));
    }

    @AfterEach
    void stop() {
        assist.close();
    }

    @Test
    void overHttpTheAnswerIs503WithRetryAfterAndTheSameIdIsTakenLater() throws Exception {
        goAway();
        String suggestion = Suggestions.valid("out-1", "a").toString();

        var answer = assist.post(suggestion);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.body()).contains("\"status\":\"failed\"");
        assertThat(assist.auditLines()).containsExactly("injected a", "dispatch_failed a session_unavailable");

        comeBack();
        assertThat(assist.post(suggestion).statusCode()).isEqualTo(202);
        assertThat(assist.cxone().referee().sends("out-1", "a")).isEqualTo(1);
    }

    @Test
    void inTheMiddleOfManyTheAnswerEndsWithTheOneThatFailed() throws Exception {
        goAway();
        String array = "[{\"id\":\"refused\"}," + Suggestions.valid("out-2", "a") + ","
                + Suggestions.valid("out-2", "b") + "]";

        var answer = assist.post(array);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"status\":\"refused\"").contains("\"status\":\"failed\"");
        assertThat(assist.auditLines()).doesNotContain("injected b");
    }

    @Test
    void aFileWaitsUntilCxoneIsBackAndNothingOfItIsLost() throws Exception {
        goAway();
        assist.drop("waits.ndjson", Suggestions.valid("out-3", "a") + "\n" + Suggestions.valid("out-3", "b") + "\n");
        await().until(() -> assist.auditLines().contains("dispatch_failed a session_unavailable"));
        assertThat(assist.inbox().resolve("waits.ndjson")).exists();

        comeBack();

        await().until(() -> assist.cxone().referee().sends("out-3", "b") == 1);
        assertThat(assist.cxone().referee().sends("out-3", "a")).isEqualTo(1);
        assertThat(assist.cxone().referee().violations()).isEmpty();
    }

    @Test
    void aWaitingFileIsTriedAgainAfterPausesThatGrowAndNotReadFromItsBeginning() throws Exception {
        goAway();
        assist.drop("patient.ndjson", "nonsense\n" + Suggestions.valid("out-6", "a") + "\n");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> assist.auditLines().stream()
                                .filter("injected a"::equals)
                                .count()
                        == 3);

        assertThat(assist.auditLines()).containsOnlyOnce("validation_failed null malformed");
        assertThat(Duration.between(
                        Instant.parse(assist.auditOfSuggestions().get(1).at()),
                        Instant.parse(assist.auditOfSuggestions().get(5).at())))
                .isGreaterThan(Duration.ofMillis(2_900));
        comeBack();
    }

    @Test
    void aSuggestionThatIsOfferedAgainWhileItIsBeingSentIsNoDuplicateYet() throws Exception {
        goAway();
        String suggestion = Suggestions.valid("out-7", "a").toString();
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> status(suggestion));
        await().until(() -> assist.auditLines().contains("injected a"));

        assertThat(status(suggestion)).isEqualTo(503);

        assertThat(first.get()).isEqualTo(503);
        assertThat(assist.auditLines()).noneMatch(line -> line.contains("duplicate"));
        comeBack();
        assertThat(status(suggestion)).isEqualTo(202);
        assertThat(status(suggestion)).isEqualTo(409);
    }

    private int status(String suggestion) {
        try {
            return assist.post(suggestion).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStopInTheMeantimeLeavesTheFileWhereItIs() throws Exception {
        goAway();
        assist.drop("stays.ndjson", Suggestions.valid("out-4", "a").toString());
        await().until(() -> assist.auditLines().contains("dispatch_failed a session_unavailable"));

        assist.stopApplication();

        assertThat(assist.inbox().resolve("stays.ndjson")).exists();
        assertThat(Files.exists(assist.inbox().resolve(".error"))).isFalse();
    }

    @Test
    void healthSaysWhyAndRecovers() throws Exception {
        goAway();
        await().untilAsserted(() -> {
            var health = assist.get("/observe/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("cxone-assist");
        });

        comeBack();
    }

    private void goAway() {
        assist.cxone().play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        assist.cxone()
                .dropConnections()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void comeBack() {
        assist.cxone().play(FaultScript.NONE);
        await().untilAsserted(() ->
                assertThat(assist.get("/observe/health").statusCode()).isEqualTo(200));
    }
}
