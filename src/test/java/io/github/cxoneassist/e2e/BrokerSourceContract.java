package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.sandbox.FaultScript;
import io.github.cxoneassist.sandbox.ManualAgent;
import io.github.cxoneassist.sandbox.Occasion;
import io.github.cxoneassist.sandbox.ScriptedFault.Stall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every source that takes its suggestions from a broker keeps to, against a broker of its kind. */
@Timeout(90)
abstract class BrokerSourceContract {

    /** What a source writes there whose writer got it wrong; no text in any encoding. */
    static final byte[] POISON = {'{', '"', (byte) 0xff, (byte) 0xfe, 0, '\n'};

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of what is no suggestion: as it came, and why. */
    record DeadLetter(byte[] body, String reason, String outcome) {}

    @TempDir
    Path folder;

    RunningAssist assist;

    /** The name of its file in routes/sources. */
    abstract String source();

    /** Places that nothing was ever sent to, in a broker that is there. */
    abstract Map<String, String> settings() throws Exception;

    /** Sends to the place of suggestions, with a header that an honest sender would not use where there are headers. */
    abstract void send(String interactionId, byte[] body, Map<String, String> headers) throws Exception;

    abstract List<DeadLetter> deadLetters() throws Exception;

    /** How many messages of the place of suggestions the broker has not been told to be done. */
    abstract long unacknowledged() throws Exception;

    abstract void brokerGoesAway() throws Exception;

    abstract void brokerComesBack() throws Exception;

    @BeforeEach
    void start() throws Exception {
        startWith(Map.of());
    }

    void startWith(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("cxone.sources", source());
        settings.put("camel.component.cxone-assist.send-timeout", "300");
        settings.put("camel.component.cxone-assist.connect-timeout", "300");
        settings.putAll(more);
        assist = RunningAssist.start(folder, new ManualAgent(), settings);
    }

    @AfterEach
    void stop() {
        assist.close();
    }

    @Test
    void suggestionsOfAnInteractionAreSentInTheirOrderAndThenAcknowledged() throws Exception {
        List<String> ids = ids("order", 5);
        for (String id : ids) {
            send("flow", id);
        }

        awaitSent("flow", ids);
        assertThat(assist.cxone().referee().suggestions("flow"))
                .extracting(suggestion -> suggestion.id())
                .containsExactlyElementsOf(ids);
        awaitAcknowledged();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void whatIsNoSuggestionIsPutAsideAsItCameWithTheReasonAndCostsItsNeighboursNothing() throws Exception {
        byte[] invalid = Suggestions.valid("poison", "bad")
                .put("priority", "SOON")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        send("poison", "before");
        send("poison", POISON, Map.of());
        send("poison", invalid, Map.of());
        send("poison", "after");

        awaitSent("poison", List.of("before", "after"));
        awaitAcknowledged();
        assertThat(deadLetters())
                .hasSize(2)
                .satisfiesExactly(
                        malformed -> {
                            assertThat(malformed.body()).isEqualTo(POISON);
                            assertThat(malformed.reason()).isEqualTo("malformed");
                        },
                        broken -> {
                            assertThat(broken.body()).isEqualTo(invalid);
                            assertThat(broken.reason()).isEqualTo("invalid");
                            assertThat(new ObjectMapper()
                                            .readTree(broken.outcome())
                                            .at("/violations/0/field")
                                            .asText())
                                    .isEqualTo("priority");
                        });
        assertThat(assist.auditLines())
                .containsExactly(
                        "injected before",
                        "validation_failed null malformed",
                        "validation_failed bad invalid",
                        "injected after");
    }

    @Test
    void anyOtherRefusalIsAnOutcomeAndNoDeadLetter() throws Exception {
        send("refusals", "twice");
        send("refusals", "twice");
        send(
                "refusals",
                Suggestions.valid("refusals", "weak")
                        .put("relevanceScore", 0.1)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8),
                Map.of());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(assist.auditLines())
                .containsExactly(
                        "injected twice",
                        "validation_failed twice duplicate",
                        "validation_failed weak below_threshold"));
        awaitAcknowledged();
        assertThat(deadLetters()).isEmpty();
        assertThat(assist.cxone().referee().sends("refusals", "twice")).isEqualTo(1);
    }

    @Test
    void whileCxoneIsAwayNothingIsAcknowledgedAndAfterwardsAllOfItIsSentOnce() throws Exception {
        send("outage", "before");
        awaitSent("outage", List.of("before"));
        awaitAcknowledged();
        cxoneGoesAway();
        for (String id : ids("out", 3)) {
            send("outage", id);
        }
        await().atMost(PATIENCE)
                .until(() -> assist.auditLines().stream()
                                .filter(line -> line.startsWith("dispatch_failed"))
                                .count()
                        >= 2);
        assertThat(unacknowledged()).isEqualTo(3);

        cxoneComesBack();

        awaitSent("outage", ids("out", 3));
        awaitAcknowledged();
        assertThat(ids("out", 3))
                .allSatisfy(id ->
                        assertThat(assist.cxone().referee().sends("outage", id)).isEqualTo(1));
        assertThat(assist.cxone().referee().violations()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aRouteThatIsStoppedInTheMiddleAndStartedAgainGoesOnWithoutLossOrRepetition() throws Exception {
        List<String> ids = ids("mid", 40);
        for (String id : ids.subList(0, 30)) {
            send("restart-" + id, id);
        }
        await().atMost(PATIENCE)
                .until(() -> !assist.cxone().referee().suggestions().isEmpty());

        assist.camelContext().getRouteController().stopRoute(source() + "-source");
        for (String id : ids.subList(30, 40)) {
            send("restart-" + id, id);
        }
        assist.camelContext().getRouteController().startRoute(source() + "-source");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(assist.cxone().referee().suggestions())
                        .extracting(suggestion -> suggestion.id())
                        .containsExactlyInAnyOrderElementsOf(ids));
        awaitAcknowledged();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aRouteThatIsStoppedWhileCxoneIsAwayLosesNothing() throws Exception {
        cxoneGoesAway();
        send("stopped", "a");
        await().atMost(PATIENCE).until(() -> assist.auditLines().contains("dispatch_failed a session_unavailable"));

        assist.camelContext().getRouteController().stopRoute(source() + "-source");
        assertThat(unacknowledged()).isEqualTo(1);
        cxoneComesBack();
        assist.camelContext().getRouteController().startRoute(source() + "-source");

        awaitSent("stopped", List.of("a"));
        awaitAcknowledged();
        assertThat(assist.cxone().referee().sends("stopped", "a")).isEqualTo(1);
    }

    @Test
    void aBrokerThatGoesAwayAndComesBackIsFoundAgain() throws Exception {
        send("gone", "before");
        awaitSent("gone", List.of("before"));

        brokerGoesAway();
        brokerComesBack();
        send("gone", "after");

        awaitSent("gone", List.of("after"));
        awaitAcknowledged();
        assertThat(assist.cxone().referee().sends("gone", "before")).isEqualTo(1);
        assertThat(assist.cxone().referee().sends("gone", "after")).isEqualTo(1);
    }

    @Test
    void aHeaderFromOutsideEndsNoInteraction() throws Exception {
        send("headers", "first");
        awaitSent("headers", List.of("first"));
        send("headers", bytes("headers", "second"), hostileHeaders());

        awaitSent("headers", List.of("second"));
        awaitAcknowledged();
        assertThat(assist.auditLines()).containsExactly("injected first", "injected second");
    }

    /** In the letters that the pipeline uses and in others, as a header's name has no case in Camel. */
    Map<String, String> hostileHeaders() {
        return Map.of(
                "CamelCxoneAssistEndInteraction", "true",
                "camelcxoneassistendinteraction", "true",
                "cAMELcXONEaSSISTeNDiNTERACTION", "true",
                "CamelCxoneAssistInteractionId", "headers");
    }

    void send(String interactionId, String id) throws Exception {
        send(interactionId, bytes(interactionId, id), Map.of());
    }

    static byte[] bytes(String interactionId, String id) {
        return Suggestions.valid(interactionId, id).toString().getBytes(StandardCharsets.UTF_8);
    }

    static List<String> ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + "-" + i).toList();
    }

    void awaitSent(String interactionId, List<String> ids) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(assist.cxone().referee().suggestions(interactionId))
                        .extracting(suggestion -> suggestion.id())
                        .containsAll(ids));
    }

    void awaitAcknowledged() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unacknowledged()).isZero());
    }

    void cxoneGoesAway() {
        assist.cxone().play(FaultScript.inOrder(new Stall(Occasion.AUTH).always()));
        assist.cxone()
                .dropConnections()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    void cxoneComesBack() {
        assist.cxone().play(FaultScript.NONE);
    }
}
