package io.github.cxoneassist.suggestion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.cxoneassist.suggestion.SuggestionReader.Item;
import io.github.cxoneassist.suggestion.SuggestionReader.Parsed;
import io.github.cxoneassist.suggestion.SuggestionReader.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * The one place where Jackson is told how to read. By default it keeps the last of two equal keys, ignores what follows
 * the value, and decodes broken UTF-8 where it can; two systems that read such a text may see two different suggestions.
 */
final class StrictJson {

    static final int MAX_DEPTH = 64;

    /** No limit on strings: the size of the whole is limited already. */
    private static final ObjectReader TREES = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .readerFor(JsonNode.class);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private StrictJson() {}

    static Item parse(byte[] json, int maxBytes, Place place) {
        if (json.length > maxBytes) {
            return tooLarge(maxBytes, place.position());
        }
        try {
            return parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString(), place);
        } catch (CharacterCodingException e) {
            return notUtf8(place.position());
        }
    }

    static Item parse(String json, int maxBytes, Place place) {
        boolean tooLarge = json.length() > maxBytes || json.getBytes(UTF_8).length > maxBytes;
        return tooLarge ? tooLarge(maxBytes, place.position()) : parse(json, place);
    }

    /** The text, number, boolean or null at which the parser stands. */
    static JsonNode scalar(JsonParser parser) throws IOException {
        return TREES.readTree(parser);
    }

    static Unreadable tooLarge(int maxBytes, long position) {
        return new Unreadable(Code.TOO_LARGE, "is larger than " + maxBytes + " bytes", position);
    }

    static Unreadable notUtf8(long position) {
        return new Unreadable(Code.MALFORMED, "is not UTF-8", position);
    }

    static Unreadable notJson(JsonProcessingException e, Place place) {
        String message = "is not strict JSON: a syntax error or a repeated field at " + place.of(e.getLocation());
        return new Unreadable(Code.MALFORMED, message, place.position());
    }

    private static Item parse(String json, Place place) {
        boolean marked = !json.isEmpty() && json.charAt(0) == BYTE_ORDER_MARK && place.equals(Place.START);
        try (JsonParser parser = TREES.createParser(marked ? json.substring(1) : json)) {
            return parse(parser, place);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot fail to be read", e);
        }
    }

    private static Item parse(JsonParser parser, Place place) throws IOException {
        try {
            JsonNode node = TREES.readTree(parser);
            if (node == null) {
                return new Unreadable(Code.MALFORMED, "is empty", place.position());
            }
            if (parser.nextToken() != null) {
                String where = place.of(parser.currentTokenLocation());
                return new Unreadable(Code.MALFORMED, "goes on after its end, at " + where, place.position());
            }
            return new Parsed(node, place.position());
        } catch (StreamConstraintsException e) {
            return overLimit(parser, place);
        } catch (JsonProcessingException e) {
            return notJson(e, place);
        }
    }

    /** Jackson has one exception for all its limits, and tells them apart in the message only. */
    private static Unreadable overLimit(JsonParser parser, Place place) {
        if (parser.getParsingContext().getNestingDepth() > MAX_DEPTH) {
            String message = "is nested deeper than " + MAX_DEPTH + " levels";
            return new Unreadable(Code.TOO_DEEP, message, place.position());
        }
        return new Unreadable(Code.TOO_LARGE, "holds a number or a field name of absurd length", place.position());
    }
}
