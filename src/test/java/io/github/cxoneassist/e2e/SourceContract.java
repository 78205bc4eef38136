package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every source keeps to, against a real system of its kind. */
@Timeout(60)
abstract class SourceContract {

    static final String POISON = "{\"interactionId\": nonsense";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    RunningAssist assist;

    /** The name of its file in routes/sources; its route is NAME-source. */
    abstract String source();

    /** Of a system that is there and empty. */
    abstract Map<String, String> settings() throws Exception;

    /** Hands these to the system from which the source takes them, in this order; does not wait for what becomes of them. */
    abstract void deliver(String... messages) throws Exception;

    /** What the system was told to be no suggestion: the message as it came, or what was said of it. */
    abstract List<String> deadLetters() throws Exception;

    /** How many messages the system has not been told to be done with. */
    abstract long unacknowledged() throws Exception;

    @BeforeEach
    final void startIt() throws Exception {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("cxone.sources", source());
        settings.put("camel.component.cxone-assist.send-timeout", "300");
        settings.put("camel.component.cxone-assist.connect-timeout", "300");
        assist = RunningAssist.start(folder, new ManualAgent(), settings);
    }

    @AfterEach
    final void stopIt() {
        assist.close();
    }

    @Test
    void whatIsDeliveredIsSentInItsOrderAndAcknowledged() throws Exception {
        deliver(suggestion("a"), suggestion("b"), suggestion("c"));

        awaitAcknowledged();
        assertThat(sent()).containsExactly("a", "b", "c");
        assertThat(assist.auditLines()).containsExactly("injected a", "injected b", "injected c");
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void whatIsNoSuggestionIsPutAsideOnceAndCostsItsNeighboursNothing() throws Exception {
        deliver(suggestion("before"), POISON, invalid(), suggestion("after"));

        awaitAcknowledged();
        assertThat(sent()).containsExactly("before", "after");
        assertThat(deadLetters()).hasSize(2);
        assertThat(assist.auditLines())
                .containsExactly(
                        "injected before",
                        "validation_failed null malformed",
                        "validation_failed bad invalid",
                        "injected after");
    }

    @Test
    void whileCxoneIsAwayNothingIsAcknowledgedAndAfterwardsEachIsSentOnce() throws Exception {
        goAway();
        deliver(suggestion("a"), suggestion("b"));
        await().atMost(PATIENCE).until(() -> assist.auditLines().contains("dispatch_failed a session_unavailable"));
        assertThat(unacknowledged()).isEqualTo(2);

        comeBack();

        awaitAcknowledged();
        assertThat(sent()).containsExactly("a", "b");
        assertThat(assist.cxone().referee().suggestionCount()).isEqualTo(2);
        assertThat(assist.cxone().referee().violations()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aRouteThatIsStoppedInTheMiddleLeavesWhatIsNotDoneForItsNextStart() throws Exception {
        goAway();
        deliver(suggestion("a"), suggestion("b"));
        await().atMost(PATIENCE).until(() -> assist.auditLines().contains("dispatch_failed a session_unavailable"));
        assist.camelContext().getRouteController().stopRoute(source() + "-source", 10, TimeUnit.SECONDS);
        assertThat(unacknowledged()).isEqualTo(2);
        comeBack();
        assertThat(sent()).isEmpty();

        assist.camelContext().getRouteController().startRoute(source() + "-source");

        awaitAcknowledged();
        assertThat(sent()).containsExactly("a", "b");
        assertThat(assist.cxone().referee().suggestionCount()).isEqualTo(2);
        assertThat(deadLetters()).isEmpty();
    }

    static String suggestion(String id) {
        return Suggestions.valid("call", id).toString();
    }

    private static String invalid() {
        return Suggestions.valid("call", "bad").put("priority", "SOON").toString();
    }

    final void awaitAcknowledged() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unacknowledged()).isZero());
    }

    final List<String> sent() {
        return assist.cxone().referee().suggestions().stream()
                .map(suggestion -> suggestion.id())
                .toList();
    }

    final void goAway() {
        assist.cxone().play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        assist.cxone()
                .dropConnections()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    final void comeBack() {
        assist.cxone().play(FaultScript.NONE);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(assist.cxone().referee().openSockets()).isEqualTo(1));
    }
}
