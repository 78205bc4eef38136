package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.journal.TestDatabase;
import io.github.cxoneassist.sandbox.Frame;
import io.github.cxoneassist.sandbox.ManualAgent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job: from a file and from HTTP to CXone, and the outcome to audit SQL of one kind and a knowledge-base webhook.
 */
abstract class EndToEndContract {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private final ManualAgent agent = new ManualAgent();
    private WebhookServer subscriber;
    private TestDatabase database;
    private RunningAssist assist;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void start() throws Exception {
        subscriber = new WebhookServer();
        database = newDatabase();
        Map<String, String> settings = RunningAssist.on(database.settings());
        settings.putAll(WebhookServer.settings(subscriber.url()));
        assist = RunningAssist.start(folder, agent, settings);
    }

    @AfterEach
    void stop() {
        assist.close();
        subscriber.close();
        database.close();
    }

    @Test
    void aSuggestionFromAFileReachesTheDesktopAndItsAcceptanceTheAuditLogAndTheSubscriber() throws Exception {
        assist.drop("kb.ndjson", Suggestions.valid("call-1", "s-1") + "\n");
        await().until(() -> assist.cxone().referee().sends("s-1") == 1);

        agent.ack("s-1").toCompletionStage().toCompletableFuture().get();
        agent.accept("call-1", "s-1", Map.of("agentId", "agent-7"))
                .toCompletionStage()
                .toCompletableFuture()
                .get();

        await().until(() -> subscriber.bodies().size() == 1);
        assertThat(assist.auditLines()).containsExactly("injected s-1", "ack_received s-1", "accepted s-1");
        JsonNode payload = MAPPER.readTree(subscriber.bodies().get(0));
        assertThat(payload.path("type").asText()).isEqualTo("agentassist.accepted");
        assertThat(payload.path("data").path("category").asText()).isEqualTo("analytics_sync");
        assertThat(payload.path("data").path("source").asText()).isEqualTo("knowledge-base");
        assertThat(payload.path("data").path("rawScore").asDouble()).isEqualTo(0.85);
        assertThat(payload.path("data").path("adjustedScore").asDouble()).isEqualTo(0.85);
        assertThat(payload.path("data").path("agentId").asText()).isEqualTo("agent-7");
        assertThat(payload.path("data").has("text")).isFalse();
        assertThat(payload.path("data").path("interactionId").asText()).isEqualTo("call-1");
        assertThat(payload.path("data").path("suggestionId").asText()).isEqualTo("s-1");
        assertThat(payload.path("data").path("fields").path("agentId").asText()).isEqualTo("agent-7");
        assertThat(subscriber.refused()).isEmpty();
        assertThat(assist.cxone().referee().violations()).isEmpty();
    }

    @Test
    void aSuggestionOverHttpReachesTheDesktopAndItsDismissalTheAuditLogAndTheSubscriber() throws Exception {
        assertThat(assist.post(Suggestions.valid("call-2", "s-2").toString()).statusCode())
                .isEqualTo(202);
        assertThat(assist.cxone().referee().sends("s-2")).isEqualTo(1);

        agent.dismiss("s-2").toCompletionStage().toCompletableFuture().get();

        await().until(() -> subscriber.bodies().size() == 1);
        assertThat(assist.auditLines()).containsExactly("injected s-2", "dismissed s-2");
        assertThat(subscriber.bodies().get(0)).contains("\"type\":\"agentassist.dismissed\"");
        assertThat(assist.cxone().referee().violations()).isEmpty();
    }

    @Test
    void theFrameIsTheContractsToTheLetter() throws Exception {
        var suggestion = Suggestions.valid("call-3", "s-3");
        assist.post(suggestion.toString());

        JsonNode frame = MAPPER.readTree(assist.cxone().referee().frames(Frame.Direction.IN).stream()
                .map(Frame::text)
                .filter(text -> text.contains("agentassist.suggest"))
                .findFirst()
                .orElseThrow());
        assertThat(names(frame)).containsExactly("type", "interactionId", "suggestion");
        assertThat(names(frame.path("suggestion")))
                .containsExactly("id", "content", "priority", "relevanceScore", "contextWindow", "injectedAt");
        assertThat(frame.path("suggestion").path("content")).isEqualTo(suggestion.path("content"));
        assertThat(frame.path("suggestion").path("relevanceScore").asDouble()).isEqualTo(0.85);
        assertThat(frame.path("suggestion").path("injectedAt").asText())
                .isEqualTo(MAPPER.readTree(assist.auditOfSuggestions().get(0).details())
                        .path("injectedAt")
                        .asText());
    }

    @Test
    void repeatedForeignAndUnreadableFramesChangeNothingTwice() throws Exception {
        assist.post(Suggestions.valid("call-4", "s-4").toString());
        String accepted = "{\"type\":\"agentassist.accepted\",\"interactionId\":\"call-4\",\"suggestionId\":\"s-4\"}";
        for (String frame : List.of(
                "not json",
                "null",
                "[]",
                "{\"type\":\"agentassist.surprise\"}",
                "{\"type\":\"agentassist.accepted\"}",
                "{\"type\":\"agentassist.dismissed\",\"interactionId\":\"call-4\",\"suggestionId\":\"never-sent\"}",
                accepted,
                accepted,
                "{\"type\":\"agentassist.ack\",\"interactionId\":\"call-4\",\"suggestionId\":\"s-4\"}")) {
            assist.cxone().send(frame).toCompletionStage().toCompletableFuture().get();
        }

        await().until(() -> assist.auditOfSuggestions().size() == 5);
        assertThat(assist.auditLines())
                .containsExactly(
                        "injected s-4",
                        "ignored never-sent unknown_suggestion",
                        "accepted s-4",
                        "ignored s-4 repeated",
                        "ack_received s-4");
        await().until(() -> subscriber.bodies().size() == 1);
        assertThat(assist.post(Suggestions.valid("call-4", "s-5").toString()).body())
                .contains("\"freeSlots\":4");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
