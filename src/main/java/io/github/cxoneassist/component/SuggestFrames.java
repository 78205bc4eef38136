package io.github.cxoneassist.component;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cxoneassist.session.SuggestFrame;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;

/**
 * A message body as a frame. The body is one suggestion, a JSON object of {@code interactionId}, {@code id},
 * {@code content}, {@code priority}, {@code relevanceScore}, {@code contextWindow} with {@code start} and {@code end}, and
 * optionally {@code injectedAt} (else now): as a Jackson tree, a {@link Map}, or text.
 *
 * <p>Only the shape is looked at. Whether a suggestion should be sent is the business of {@code cxone-assist-sink}.
 */
final class SuggestFrames {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SuggestFrames() {}

    /** @throws IllegalArgumentException names the field that is missing or of the wrong type */
    static SuggestFrame of(Exchange exchange) {
        JsonNode json = read(exchange.getMessage());
        JsonNode window = json.path("contextWindow");
        return new SuggestFrame(
                text(json, "interactionId"),
                text(json, "id"),
                text(json, "content"),
                text(json, "priority"),
                number(json, "relevanceScore"),
                instant("contextWindow.start", window.path("start")),
                instant("contextWindow.end", window.path("end")),
                json.has("injectedAt")
                        ? instant("injectedAt", json.path("injectedAt"))
                        : Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static JsonNode read(Message message) {
        Object body = message.getBody();
        if (body instanceof JsonNode node) {
            return node;
        }
        if (body instanceof Map<?, ?> map) {
            return MAPPER.valueToTree(map);
        }
        try {
            return MAPPER.readTree(message.getMandatoryBody(byte[].class));
        } catch (InvalidPayloadException | IOException e) {
            // without the cause: the words of a parser quote the body, and what an agent is told belongs in no log
            throw new IllegalArgumentException("cxone-assist: the body is no suggestion: it has to be one JSON object");
        }
    }

    private static String text(JsonNode json, String field) {
        return text(field, json.path(field));
    }

    private static String text(String field, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(field, "a text");
        }
        return value.textValue();
    }

    private static double number(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isNumber()) {
            throw wrong(field, "a number");
        }
        return value.doubleValue();
    }

    private static Instant instant(String field, JsonNode value) {
        try {
            return Instant.parse(text(field, value));
        } catch (DateTimeException e) {
            throw wrong(field, "an ISO-8601 instant");
        }
    }

    private static IllegalArgumentException wrong(String field, String expected) {
        return new IllegalArgumentException(
                "cxone-assist: the body is no suggestion: " + field + " has to be " + expected);
    }
}
