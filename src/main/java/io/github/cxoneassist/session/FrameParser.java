package io.github.cxoneassist.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;

/** Text from the server to a frame. Pure; takes anything and never throws. Thread-safe. */
final class FrameParser {

    private static final int DEEPEST = 64;

    private final ObjectMapper mapper;
    private final int longest;

    FrameParser(int maxMessageSize) {
        this.longest = maxMessageSize;
        this.mapper = new ObjectMapper(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .build())
                        // a second "suggestionId" would let two readers of one frame disagree
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    ParsedFrame parse(String text, Instant receivedAt) {
        if (text.length() > longest) {
            return new ParsedFrame.Malformed("longer than " + longest + " characters");
        }
        JsonNode json;
        try {
            json = mapper.readTree(text);
        } catch (StreamConstraintsException e) {
            return new ParsedFrame.Malformed("nested deeper than " + DEEPEST + ", or an oversized name or number");
        } catch (JsonProcessingException | RuntimeException e) {
            return new ParsedFrame.Malformed("not one JSON value, or a name twice in one object");
        }
        if (json == null || !json.isObject()) {
            return new ParsedFrame.Malformed("not a JSON object");
        }
        String type = text(json, "type");
        if (type == null) {
            return new ParsedFrame.Malformed("no textual type");
        }
        return switch (type) {
            case "auth.success" -> new ParsedFrame.AuthSuccess();
            case "auth.failure" ->
                new ParsedFrame.AuthFailure(json.path("message").asText(""));
            default ->
                new ParsedFrame.Inbound(new InboundFrame(
                        type,
                        text(json, "interactionId"),
                        text(json, "suggestionId"),
                        integer(json, "sentTimestamp"),
                        text,
                        receivedAt,
                        null));
        };
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    private static Long integer(JsonNode json, String field) {
        JsonNode value = json.get(field);
        return value != null && value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }
}
