package io.github.cxoneassist.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private final FrameParser parser = new FrameParser(1 << 20);

    @Test
    void aSuggestionHasTheShapeOfTheContract() {
        SuggestFrame frame = new SuggestFrame(
                "INTERACTION_12345",
                "0b0e7c9e",
                "Say \"yes\" é",
                "HIGH",
                0.85,
                NOW,
                Instant.parse("2026-11-22T08:05:00Z"),
                Instant.parse("2026-11-22T08:00:01.123456Z"));

        assertThat(frame.toJson())
                .isEqualTo("{\"type\":\"agentassist.suggest\",\"interactionId\":\"INTERACTION_12345\","
                        + "\"suggestion\":{\"id\":\"0b0e7c9e\",\"content\":\"Say \\\"yes\\\" é\",\"priority\":\"HIGH\","
                        + "\"relevanceScore\":0.85,\"contextWindow\":{\"start\":\"2026-11-22T08:00:00.000Z\","
                        + "\"end\":\"2026-11-22T08:05:00.000Z\"},\"injectedAt\":\"2026-11-22T08:00:01.123Z\"}}");
        assertThat(frame.toString()).doesNotContain("Say");
    }

    @Test
    void idsAreTakenOnlyWhereTheyAreText() {
        String json =
                "{\"type\":\"agentassist.ack\",\"interactionId\":5,\"suggestionId\":\"s\",\"sentTimestamp\":\"7\"}";

        assertThat(parser.parse(json, NOW))
                .isEqualTo(
                        new ParsedFrame.Inbound(new InboundFrame("agentassist.ack", null, "s", null, json, NOW, null)));
    }

    @Test
    void theTimestampIsTakenOnlyWhereItFits() {
        assertThat(timestamp("1763798400000")).isEqualTo(1_763_798_400_000L);
        assertThat(timestamp("1.5")).isNull();
        assertThat(timestamp("99999999999999999999")).isNull();
    }

    private Long timestamp(String value) {
        String json = "{\"type\":\"agentassist.ack\",\"sentTimestamp\":" + value + "}";
        return ((ParsedFrame.Inbound) parser.parse(json, NOW)).frame().sentTimestamp();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "5",
                "[]",
                "\"x\"",
                "{}",
                "{\"type\":null}",
                "{\"type\":\"a\"} {}",
                "{\"type\":\"a\",\"type\":\"b\"}",
                "{\"type\":\"a\""
            })
    void whatIsNoFrameIsMalformed(String text) {
        assertThat(parser.parse(text, NOW)).isInstanceOf(ParsedFrame.Malformed.class);
    }

    @Test
    void depthAndLengthAreLimited() {
        assertThat(parser.parse("{\"a\":".repeat(10_000), NOW))
                .isEqualTo(new ParsedFrame.Malformed("nested deeper than 64, or an oversized name or number"));
        assertThat(parser.parse(" ".repeat((1 << 20) + 1), NOW))
                .isEqualTo(new ParsedFrame.Malformed("longer than 1048576 characters"));
    }

    @Test
    void theAuthAnswersAreTold() {
        assertThat(parser.parse("{\"type\":\"auth.success\"}", NOW)).isEqualTo(new ParsedFrame.AuthSuccess());
        assertThat(parser.parse("{\"type\":\"auth.failure\",\"message\":\"no\"}", NOW))
                .isEqualTo(new ParsedFrame.AuthFailure("no"));
        assertThat(parser.parse("{\"type\":\"auth.failure\"}", NOW)).isEqualTo(new ParsedFrame.AuthFailure(""));
    }

    @Property
    void theParserTakesAnything(@ForAll String text) {
        assertThat(parser.parse(text, NOW)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ws://example.com/ws", "http://localhost/ws", "wss://u:p@example.com/ws", "wss:///ws", "wss://é/"
            })
    void aWebSocketAddressThatWouldLeakTheTokenIsRefused(String url) {
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionConfig.builder(URI.create(url)).build())
                .withMessageStartingWith("webSocketUrl ");
    }

    @Test
    void aSettingThatMakesNoSenseIsNamed() {
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionConfig.builder(URI.create("wss://example.com/ws"))
                        .pingInterval(Duration.ZERO)
                        .build())
                .withMessage("pingInterval must be between 1 ms and 1 day, not PT0S");
    }
}
