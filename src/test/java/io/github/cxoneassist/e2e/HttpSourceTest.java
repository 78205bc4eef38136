package io.github.cxoneassist.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.sandbox.ManualAgent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/suggestions}, answer by answer. */
class HttpSourceTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final ManualAgent AGENT = new ManualAgent();
    private static RunningAssist assist;

    @BeforeAll
    static void start() throws Exception {
        assist = RunningAssist.start(folder, AGENT);
    }

    @AfterAll
    static void stop() {
        assist.close();
    }

    @Test
    void oneThatIsSentIsAnsweredWith202AndItsOutcome() throws Exception {
        HttpResponse<String> answer =
                assist.post(Suggestions.valid("http-1", "a").toString());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(MAPPER.readTree(answer.body()))
                .isEqualTo(
                        MAPPER.readTree(
                                "{\"interactionId\":\"http-1\",\"id\":\"a\",\"status\":\"sent\",\"rawScore\":0.85,\"adjustedScore\":0.85,\"freeSlots\":4}"));
    }

    @Test
    void aDuplicateIsAnsweredWith409() throws Exception {
        String suggestion = Suggestions.valid("http-2", "a").toString();
        assist.post(suggestion);

        HttpResponse<String> answer = assist.post(suggestion);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(MAPPER.readTree(answer.body()).path("reason").asText()).isEqualTo("duplicate");
        assertThat(assist.cxone().referee().sends("http-2", "a")).isEqualTo(1);
    }

    @Test
    void aRefusedOneIsAnsweredWith422AndEveryViolation() throws Exception {
        var suggestion = Suggestions.valid("http-3", "a");
        suggestion.put("relevanceScore", "high");
        suggestion.remove("priority");

        HttpResponse<String> answer = assist.post(suggestion.toString());

        assertThat(answer.statusCode()).isEqualTo(422);
        JsonNode outcome = MAPPER.readTree(answer.body());
        assertThat(outcome.path("status").asText()).isEqualTo("refused");
        assertThat(outcome.path("reason").asText()).isEqualTo("invalid");
        assertThat(outcome.path("violations").findValuesAsText("field"))
                .containsExactlyInAnyOrder("priority", "relevanceScore");
    }

    @Test
    void theSixthOfAnInteractionIsAnsweredWith202AndHeld() throws Exception {
        for (int i = 0; i < 5; i++) {
            assist.post(Suggestions.valid("http-4", "a" + i).toString());
        }

        HttpResponse<String> answer =
                assist.post(Suggestions.valid("http-4", "a5").toString());

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(MAPPER.readTree(answer.body()).path("status").asText()).isEqualTo("held");
    }

    @Test
    void whatIsHeldIsSentWhenTheAgentHasDecided() throws Exception {
        for (int i = 0; i < 6; i++) {
            assist.post(Suggestions.valid("http-5", "a" + i).toString());
        }

        AGENT.accept("http-5", "a0", Map.of());

        await().until(() -> assist.cxone().referee().sends("http-5", "a5") == 1);
    }

    @Test
    void theEndOfAnInteractionIsToldByARequestOfItsOwn() throws Exception {
        for (int i = 0; i < 6; i++) {
            assist.post(Suggestions.valid("call/7 ü", "e" + i).toString());
        }

        HttpResponse<String> answer = assist.send("/api/interactions/call%2F7%20%C3%BC/end");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"interactionId\":\"call/7 ü\",\"status\":\"ended\"}");
        assertThat(assist.auditLines()).contains("expired e0 interaction_ended", "expired e5 interaction_ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{\"interactionId\":", "nonsense", "[1, 2", "{} {}"})
    void whatIsNotJsonIsAnsweredWith400(String body) throws Exception {
        assertThat(assist.post(body).statusCode()).isEqualTo(400);
    }

    @Test
    void aSuggestionOverOneMebibyteIsAnsweredWith413() throws Exception {
        var suggestion = Suggestions.valid("http-6", "a").put("content", "x".repeat(1024 * 1024));

        assertThat(assist.post(suggestion.toString()).statusCode()).isEqualTo(413);
    }

    @Test
    void aRequestOverTheLimitOfTheServerIsAnsweredWith413() throws Exception {
        assertThat(assist.post("x".repeat(17 * 1024 * 1024)).statusCode()).isEqualTo(413);
    }

    @Test
    void anArrayIsAnsweredWithAnArrayInOrder() throws Exception {
        String array = "[" + Suggestions.valid("http-7", "a") + ",{\"id\":\"b\"}," + Suggestions.valid("http-7", "a")
                + "," + Suggestions.valid("http-7", "c") + "]";

        HttpResponse<String> answer = assist.post(array);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(MAPPER.readTree(answer.body()).findValuesAsText("status"))
                .containsExactly("sent", "refused", "refused", "sent");
    }

    @Test
    void ndjsonIsAnsweredWithAnArrayAndABadLineCostsItsNeighboursNothing() throws Exception {
        String ndjson = Suggestions.valid("http-8", "a") + "\n{broken\n\n" + Suggestions.valid("http-8", "b") + "\n";

        HttpResponse<String> answer = assist.post("application/x-ndjson", ndjson);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode outcomes = MAPPER.readTree(answer.body());
        assertThat(outcomes.findValuesAsText("status")).containsExactly("sent", "refused", "sent");
        assertThat(outcomes.get(1).path("reason").asText()).isEqualTo("malformed");
    }

    @Test
    void manyInOneRequestAreAllAnswered(TestInfo test) throws Exception {
        String ndjson = IntStream.range(0, 300)
                .mapToObj(i -> Suggestions.valid("http-9-" + i, "a").toString())
                .collect(Collectors.joining("\n"));

        JsonNode outcomes =
                MAPPER.readTree(assist.post("application/x-ndjson", ndjson).body());

        assertThat(outcomes.findValuesAsText("status")).hasSize(300).containsOnly("sent");
    }

    @Test
    void moreThanAThousandInOneRequestAreAnsweredWith413AndNoneIsSent() throws Exception {
        String ndjson = (Suggestions.valid("http-11", "a") + "\n").repeat(1_001);

        assertThat(assist.post("application/x-ndjson", ndjson).statusCode()).isEqualTo(413);
        assertThat(assist.cxone().referee().suggestions("http-11")).isEmpty();
    }

    @Test
    void headersOfCamelFromOutsideHaveNoEffect() throws Exception {
        HttpResponse<String> answer = assist.post(
                "application/json",
                Suggestions.valid("http-10", "a").toString(),
                "CamelHttpResponseCode",
                "418",
                "camelsqlquery",
                "DELETE FROM audit_event",
                "CAMELCXONEASSISTSTATUS",
                "refused",
                "CamelDuplicateMessage",
                "true");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("camel"));
        assertThat(assist.auditLines()).contains("injected a");
    }

    @Test
    void aMethodOtherThanPostIsRefused() throws Exception {
        assertThat(assist.get("/api/suggestions").statusCode()).isEqualTo(405);
    }
}
