package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookPayloadTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void saysWhatHappenedInTheseBytes() throws Exception {
        WebhookEvent event = dismissed(
                "n",
                42,
                "i-1",
                JSON.readTree("{\"adjustedScore\":0.8,\"agent\":\"a-7\",\"fields\":{\"agentId\":\"a-7\",\"rank\":1},"
                        + "\"priority\":\"HIGH\",\"relevanceScore\":0.75,\"source\":\"kb\"}"));

        assertThat(text(event))
                .isEqualTo("{\"type\":\"agentassist.dismissed\",\"timestamp\":\"2026-11-22T08:00:01.120Z\",\"data\":{"
                        + "\"category\":\"analytics_sync\",\"schemaVersion\":1,\"sequence\":42,"
                        + "\"interactionId\":\"i-1\",\"suggestionId\":\"s-1\",\"source\":\"kb\",\"priority\":\"HIGH\","
                        + "\"rawScore\":0.75,\"adjustedScore\":0.8,\"agentId\":\"a-7\","
                        + "\"fields\":{\"agentId\":\"a-7\",\"rank\":1}}}");
    }

    @Test
    void theIdOfAnEventThatStandsInNoJournalIsThatOfNoOther() {
        Instant now = Instant.parse("2026-11-22T08:00:01.120Z");

        assertThat(WebhookPayload.id(WebhookEvent.unrecorded(now, "accepted", "i-1", "s-1", null)))
                .isEqualTo("msg_6c9dc1f64d8021b33a7f2935cf615792ed8aa83de8b709fe8a944e0dd23882b6")
                .isEqualTo(
                        WebhookPayload.id(WebhookEvent.unrecorded(now.plusSeconds(60), "accepted", "i-1", "s-1", null)))
                .isNotEqualTo(WebhookPayload.id(WebhookEvent.unrecorded(now, "dismissed", "i-1", "s-1", null)))
                .isNotEqualTo(WebhookPayload.id(WebhookEvent.unrecorded(now, "accepted", "i-", "1s-1", null)));
    }

    @Test
    void theTextIsThereOnlyWhereItIsGiven() throws Exception {
        WebhookEvent event = dismissed("n", 1, "i-1", null);

        assertThat(JSON.readTree(WebhookPayload.bytes(event, "Offer a refund"))
                        .at("/data/text")
                        .textValue())
                .isEqualTo("Offer a refund");
        assertThat(JSON.readTree(WebhookPayload.bytes(event)).path("data").has("text"))
                .isFalse();
    }

    @Test
    void ofTheDetailsOfARowOnlyThoseThatAreMeantForSubscribersGoOut() throws Exception {
        WebhookEvent event = new WebhookEvent(
                "n",
                7,
                Instant.parse("2026-11-22T08:00:01.120Z"),
                "validation_failed",
                "i-1",
                "s-1",
                "invalid",
                JSON.readTree(
                        "{\"rule\":\"suggestion\",\"config\":\"d1\",\"contentSha256\":\"d2\",\"error\":\"x\","
                                + "\"secret\":\"y\",\"violations\":[{\"field\":\"content\",\"code\":\"blank\",\"message\":\"z\"}]}"));

        assertThat(text(event))
                .isEqualTo("{\"type\":\"agentassist.validation_failed\",\"timestamp\":\"2026-11-22T08:00:01.120Z\","
                        + "\"data\":{\"category\":\"analytics_sync\",\"schemaVersion\":1,\"sequence\":7,"
                        + "\"interactionId\":\"i-1\",\"suggestionId\":\"s-1\",\"reason\":\"invalid\",\"details\":{"
                        + "\"rule\":\"suggestion\",\"violations\":[{\"field\":\"content\",\"code\":\"blank\"}]}}}");
    }

    @Test
    void anEventOfNoInteractionNamesNone() throws Exception {
        WebhookEvent event = new WebhookEvent(
                "n",
                3,
                Instant.parse("2026-11-22T08:00:00Z"),
                "connected",
                null,
                null,
                "progress",
                JSON.readTree("{\"session\":\"main\",\"attempt\":1,\"message\":\"wss://cxone.example.com\"}"));

        assertThat(text(event))
                .isEqualTo("{\"type\":\"agentassist.connected\",\"timestamp\":\"2026-11-22T08:00:00.000Z\",\"data\":{"
                        + "\"category\":\"analytics_sync\",\"schemaVersion\":1,\"sequence\":3,\"reason\":\"progress\","
                        + "\"details\":{\"session\":\"main\",\"attempt\":1}}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "[]", "{\"fields\":null}", "{\"fields\":7}"})
    void withoutFieldsOfTheServerThereIsAnEmptyObject(String details) throws Exception {
        JsonNode payload = JSON.readTree(text(dismissed("n", 1, "i-1", JSON.readTree(details))));

        assertThat(payload.at("/data/fields")).isEqualTo(JSON.createObjectNode());
    }

    @Test
    void theWholeSecondHasItsMillisecondsToo() {
        assertThat(text(new WebhookEvent("n", 1, Instant.parse("2026-11-22T08:00:00Z"), "accepted", "i", "s", null)))
                .contains("\"timestamp\":\"2026-11-22T08:00:00.000Z\"");
    }

    @Test
    void whatIsNotAsciiIsEscaped() {
        assertThat(text(dismissed("n", 1, "Gespräch 😀", null)))
                .contains("\"interactionId\":\"Gespr\\u00E4ch \\uD83D\\uDE00\"");
    }

    @Test
    void halfASurrogatePairDoesNotStopADelivery() throws Exception {
        WebhookEvent event = dismissed("n", 1, "i\ud83d", JSON.readTree("{\"fields\":{\"\\uDE00\":\"\\uD83D\"}}"));

        assertThat(text(event))
                .contains("\"interactionId\":\"i\\uD83D\"")
                .contains("\"fields\":{\"\\uDE00\":\"\\uD83D\"}");
    }

    @Property
    void anyIdComesBackFromTheBytes(@ForAll String interactionId) throws Exception {
        JsonNode payload = JSON.readTree(text(dismissed("n", 1, interactionId, null)));

        assertThat(payload.at("/data/interactionId").textValue()).isEqualTo(interactionId);
    }

    @ParameterizedTest
    @CsvSource({
        "node-1, 7, msg_node-1_7",
        "cxone.example.com, 7, msg_cxone_2Eexample_2Ecom_7",
        "a_b, 12, msg_a_5Fb_12",
        "ä, 1, msg__C3_A4_1",
    })
    void theIdNamesNodeAndSequence(String node, long seq, String id) {
        assertThat(WebhookPayload.id(dismissed(node, seq, "i-1", null))).isEqualTo(id);
    }

    @Property
    void anIdHasNoDotAndNothingThatAHeaderCannotCarry(@ForAll String node, @ForAll @LongRange(min = 0) long seq) {
        assertThat(WebhookPayload.id(dismissed(node, seq, "i-1", null))).matches("msg_[A-Za-z0-9_-]*_[0-9]+");
    }

    @Property
    void differentEventsHaveDifferentIds(
            @ForAll("nodes") String one,
            @ForAll @LongRange(max = 20) long a,
            @ForAll("nodes") String other,
            @ForAll @LongRange(max = 20) long b) {
        Assume.that(!(one.equals(other) && a == b));

        assertThat(WebhookPayload.id(dismissed(one, a, "i", null)))
                .isNotEqualTo(WebhookPayload.id(dismissed(other, b, "i", null)));
    }

    @Provide
    Arbitrary<String> nodes() {
        return Arbitraries.strings().withChars("a._-1E2").ofMaxLength(4);
    }

    private static WebhookEvent dismissed(String node, long seq, String interactionId, JsonNode details) {
        return new WebhookEvent(
                node, seq, Instant.parse("2026-11-22T08:00:01.120Z"), "dismissed", interactionId, "s-1", details);
    }

    private static String text(WebhookEvent event) {
        return new String(WebhookPayload.bytes(event), StandardCharsets.US_ASCII);
    }
}
